#include "object/section_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/suggest.h"

namespace weir::object {
namespace {

using enum SectionTail;
using A = AttachType;
using P = ProgramType;

constexpr bool kSleepable = true;
constexpr bool kFrags = true;

// The first rule that fits decides.
constexpr auto kSectionRules = std::to_array<SectionRule>({
    {"socket", P::kSocketFilter},
    {"sk_reuseport/migrate", P::kSkReuseport, A::kSkReuseportSelectOrMigrate},
    {"sk_reuseport", P::kSkReuseport, A::kSkReuseportSelect},
    {"kprobe", P::kKprobe, {}, kTarget},
    {"kretprobe", P::kKprobe, {}, kTarget},
    {"uprobe", P::kKprobe, {}, kTarget},
    {"uprobe.s", P::kKprobe, {}, kTarget, kSleepable},
    {"uretprobe", P::kKprobe, {}, kTarget},
    {"uretprobe.s", P::kKprobe, {}, kTarget, kSleepable},
    {"kprobe.multi", P::kKprobe, A::kTraceKprobeMulti, kTarget},
    {"kretprobe.multi", P::kKprobe, A::kTraceKprobeMulti, kTarget},
    {"kprobe.session", P::kKprobe, A::kTraceKprobeSession, kTarget},
    {"uprobe.multi", P::kKprobe, A::kTraceUprobeMulti, kTarget},
    {"uprobe.multi.s", P::kKprobe, A::kTraceUprobeMulti, kTarget, kSleepable},
    {"uretprobe.multi", P::kKprobe, A::kTraceUprobeMulti, kTarget},
    {"uretprobe.multi.s", P::kKprobe, A::kTraceUprobeMulti, kTarget, kSleepable},
    {"uprobe.session", P::kKprobe, A::kTraceUprobeSession, kTarget},
    {"uprobe.session.s", P::kKprobe, A::kTraceUprobeSession, kTarget, kSleepable},
    {"ksyscall", P::kKprobe, {}, kTarget},
    {"kretsyscall", P::kKprobe, {}, kTarget},
    {"usdt", P::kKprobe, {}, kTarget},
    {"usdt.s", P::kKprobe, {}, kTarget, kSleepable},
    {"tc/ingress", P::kSchedCls, A::kTcxIngress},
    {"tc/egress", P::kSchedCls, A::kTcxEgress},
    {"tcx/ingress", P::kSchedCls, A::kTcxIngress},
    {"tcx/egress", P::kSchedCls, A::kTcxEgress},
    {"tc", P::kSchedCls},
    {"classifier", P::kSchedCls},
    {"action", P::kSchedAct},
    {"netkit/primary", P::kSchedCls, A::kNetkitPrimary},
    {"netkit/peer", P::kSchedCls, A::kNetkitPeer},
    {"tracepoint", P::kTracepoint, {}, kTarget},
    {"tp", P::kTracepoint, {}, kTarget},
    {"raw_tracepoint", P::kRawTracepoint, {}, kTarget},
    {"raw_tp", P::kRawTracepoint, {}, kTarget},
    {"raw_tracepoint.w", P::kRawTracepointWritable, {}, kTarget},
    {"raw_tp.w", P::kRawTracepointWritable, {}, kTarget},
    {"tp_btf", P::kTracing, A::kTraceRawTp, kTarget},
    {"fentry", P::kTracing, A::kTraceFentry, kTarget},
    {"fmod_ret", P::kTracing, A::kModifyReturn, kTarget},
    {"fexit", P::kTracing, A::kTraceFexit, kTarget},
    {"fentry.s", P::kTracing, A::kTraceFentry, kTarget, kSleepable},
    {"fmod_ret.s", P::kTracing, A::kModifyReturn, kTarget, kSleepable},
    {"fexit.s", P::kTracing, A::kTraceFexit, kTarget, kSleepable},
    {"freplace", P::kExt, {}, kTarget},
    {"lsm", P::kLsm, A::kLsmMac, kTarget},
    {"lsm.s", P::kLsm, A::kLsmMac, kTarget, kSleepable},
    {"lsm_cgroup", P::kLsm, A::kLsmCgroup, kTarget},
    {"iter", P::kTracing, A::kTraceIter, kTarget},
    {"iter.s", P::kTracing, A::kTraceIter, kTarget, kSleepable},
    {"syscall", P::kSyscall, {}, kNone, kSleepable},
    {"xdp.frags/devmap", P::kXdp, A::kXdpDevmap, kNone, !kSleepable, kFrags},
    {"xdp/devmap", P::kXdp, A::kXdpDevmap},
    {"xdp_devmap", P::kXdp, A::kXdpDevmap, kTarget},
    {"xdp.frags/cpumap", P::kXdp, A::kXdpCpumap, kNone, !kSleepable, kFrags},
    {"xdp/cpumap", P::kXdp, A::kXdpCpumap},
    {"xdp_cpumap", P::kXdp, A::kXdpCpumap, kTarget},
    {"xdp.frags", P::kXdp, A::kXdp, kNone, !kSleepable, kFrags},
    {"xdp", P::kXdp, A::kXdp},
    {"perf_event", P::kPerfEvent},
    {"lwt_in", P::kLwtIn},
    {"lwt_out", P::kLwtOut},
    {"lwt_xmit", P::kLwtXmit},
    {"lwt_seg6local", P::kLwtSeg6local},
    {"sockops", P::kSockOps, A::kCgroupSockOps},
    {"sk_skb/stream_parser", P::kSkSkb, A::kSkSkbStreamParser},
    {"sk_skb/stream_verdict", P::kSkSkb, A::kSkSkbStreamVerdict},
    {"sk_skb/verdict", P::kSkSkb, A::kSkSkbVerdict},
    {"sk_skb", P::kSkSkb},
    {"sk_msg", P::kSkMsg, A::kSkMsgVerdict},
    {"lirc_mode2", P::kLircMode2, A::kLircMode2},
    {"flow_dissector", P::kFlowDissector, A::kFlowDissector},
    {"cgroup_skb/ingress", P::kCgroupSkb, A::kCgroupInetIngress},
    {"cgroup_skb/egress", P::kCgroupSkb, A::kCgroupInetEgress},
    {"cgroup/skb", P::kCgroupSkb},
    {"cgroup/sock_create", P::kCgroupSock, A::kCgroupInetSockCreate},
    {"cgroup/sock_release", P::kCgroupSock, A::kCgroupInetSockRelease},
    {"cgroup/sock", P::kCgroupSock, A::kCgroupInetSockCreate},
    {"cgroup/post_bind4", P::kCgroupSock, A::kCgroupInet4PostBind},
    {"cgroup/post_bind6", P::kCgroupSock, A::kCgroupInet6PostBind},
    {"cgroup/bind4", P::kCgroupSockAddr, A::kCgroupInet4Bind},
    {"cgroup/bind6", P::kCgroupSockAddr, A::kCgroupInet6Bind},
    {"cgroup/connect4", P::kCgroupSockAddr, A::kCgroupInet4Connect},
    {"cgroup/connect6", P::kCgroupSockAddr, A::kCgroupInet6Connect},
    {"cgroup/connect_unix", P::kCgroupSockAddr, A::kCgroupUnixConnect},
    {"cgroup/sendmsg4", P::kCgroupSockAddr, A::kCgroupUdp4Sendmsg},
    {"cgroup/sendmsg6", P::kCgroupSockAddr, A::kCgroupUdp6Sendmsg},
    {"cgroup/sendmsg_unix", P::kCgroupSockAddr, A::kCgroupUnixSendmsg},
    {"cgroup/recvmsg4", P::kCgroupSockAddr, A::kCgroupUdp4Recvmsg},
    {"cgroup/recvmsg6", P::kCgroupSockAddr, A::kCgroupUdp6Recvmsg},
    {"cgroup/recvmsg_unix", P::kCgroupSockAddr, A::kCgroupUnixRecvmsg},
    {"cgroup/getpeername4", P::kCgroupSockAddr, A::kCgroupInet4Getpeername},
    {"cgroup/getpeername6", P::kCgroupSockAddr, A::kCgroupInet6Getpeername},
    {"cgroup/getpeername_unix", P::kCgroupSockAddr, A::kCgroupUnixGetpeername},
    {"cgroup/getsockname4", P::kCgroupSockAddr, A::kCgroupInet4Getsockname},
    {"cgroup/getsockname6", P::kCgroupSockAddr, A::kCgroupInet6Getsockname},
    {"cgroup/getsockname_unix", P::kCgroupSockAddr, A::kCgroupUnixGetsockname},
    {"cgroup/sysctl", P::kCgroupSysctl, A::kCgroupSysctl},
    {"cgroup/getsockopt", P::kCgroupSockopt, A::kCgroupGetsockopt},
    {"cgroup/setsockopt", P::kCgroupSockopt, A::kCgroupSetsockopt},
    {"cgroup/dev", P::kCgroupDevice, A::kCgroupDevice},
    {"struct_ops", P::kStructOps, {}, kTarget},
    {"struct_ops.s", P::kStructOps, {}, kTarget, kSleepable},
    {"sk_lookup", P::kSkLookup, A::kSkLookup},
    {"netfilter", P::kNetfilter, A::kNetfilter},
    // As the samples' loader took them: whatever follows. Longer words come first.
    {"cgroup/skb", P::kCgroupSkb, {}, kAny},
    {"cgroup/sock", P::kCgroupSock, A::kCgroupInetSockCreate, kAny},
    {"classifier", P::kSchedCls, {}, kAny},
    {"action", P::kSchedAct, {}, kAny},
    {"perf_event", P::kPerfEvent, {}, kAny},
    {"sockops", P::kSockOps, A::kCgroupSockOps, kAny},
    {"socket", P::kSocketFilter, {}, kAny},
    {"sk_skb", P::kSkSkb, {}, kAny},
    {"sk_msg", P::kSkMsg, A::kSkMsgVerdict, kAny},
    {"xdp", P::kXdp, A::kXdp, kAny},
});

bool fits(const SectionRule& rule, std::string_view name) {
  if (!name.starts_with(rule.words)) return false;
  const std::string_view tail = name.substr(rule.words.size());
  if (tail.empty() || rule.tail == kAny) return true;
  return rule.tail == kTarget && tail.front() == '/';
}

std::string_view target_of(const SectionRule& rule, std::string_view name) {
  const std::string_view tail = name.substr(rule.words.size());
  return rule.tail == kTarget && !tail.empty() ? tail.substr(1) : std::string_view{};
}

}  // namespace

std::span<const SectionRule> section_rules() { return kSectionRules; }

SectionMeaning section_meaning(std::string_view name) {
  const bool autoload = !name.starts_with('?');
  if (!autoload) name.remove_prefix(1);
  const auto rule = std::ranges::find_if(
      kSectionRules, [name](const SectionRule& candidate) { return fits(candidate, name); });
  SectionMeaning meaning;
  meaning.autoload = autoload;
  if (rule == kSectionRules.end()) return meaning;
  return {.type = rule->type,
          .attach_type = rule->attach_type,
          .target = target_of(*rule, name),
          .autoload = autoload,
          .sleepable = rule->sleepable,
          .frags = rule->frags};
}

std::string_view closest_section(std::string_view name) {
  if (name.starts_with('?')) name.remove_prefix(1);
  std::vector<std::string_view> words;
  for (const SectionRule& rule : kSectionRules) words.push_back(rule.words);
  if (const std::string_view whole = closest_word(name, words); !whole.empty()) return whole;
  return closest_word(name.substr(0, name.find('/')), words);
}

}  // namespace weir::object
