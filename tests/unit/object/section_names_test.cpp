#include "object/section_names.h"

#include <gtest/gtest.h>

#include <set>

namespace weir::object {
namespace {

TEST(SectionNames, SayTypeAttachTypeAndTarget) {
  const SectionMeaning fentry = section_meaning("fentry.s/tcp_connect");
  EXPECT_EQ(fentry.type, ProgramType::kTracing);
  EXPECT_EQ(fentry.attach_type, AttachType::kTraceFentry);
  EXPECT_EQ(fentry.target, "tcp_connect");
  EXPECT_TRUE(fentry.sleepable);
  EXPECT_TRUE(fentry.autoload);

  const SectionMeaning tracepoint = section_meaning("?tp/syscalls/sys_enter_openat");
  EXPECT_EQ(tracepoint.type, ProgramType::kTracepoint);
  EXPECT_EQ(tracepoint.attach_type, std::nullopt);
  EXPECT_EQ(tracepoint.target, "syscalls/sys_enter_openat");
  EXPECT_FALSE(tracepoint.autoload);

  EXPECT_TRUE(section_meaning("xdp.frags/devmap").frags);
  EXPECT_EQ(section_meaning("xdp.frags/devmap").attach_type, AttachType::kXdpDevmap);
}

TEST(SectionNames, WhatLibbpf11DoesNotKnowIsKnown) {
  EXPECT_EQ(section_meaning("tcx/ingress").attach_type, AttachType::kTcxIngress);
  EXPECT_EQ(section_meaning("tcx/egress").attach_type, AttachType::kTcxEgress);
  EXPECT_EQ(section_meaning("tc/egress").attach_type, AttachType::kTcxEgress);
  EXPECT_EQ(section_meaning("netkit/peer").attach_type, AttachType::kNetkitPeer);
  EXPECT_EQ(section_meaning("netkit/primary").type, ProgramType::kSchedCls);
  EXPECT_EQ(section_meaning("cgroup/connect_unix").attach_type, AttachType::kCgroupUnixConnect);
}

TEST(SectionNames, ThoseOfTheSamplesMayGoOn) {
  EXPECT_EQ(section_meaning("socket1").type, ProgramType::kSocketFilter);
  EXPECT_EQ(section_meaning("xdp_drop").type, ProgramType::kXdp);
  EXPECT_EQ(section_meaning("xdp_devmap/prog").attach_type, AttachType::kXdpDevmap);
  EXPECT_EQ(section_meaning("cgroup/skb/1").type, ProgramType::kCgroupSkb);
  EXPECT_EQ(section_meaning("perf_event/1").type, ProgramType::kPerfEvent);
  EXPECT_EQ(section_meaning("classifier/a").type, ProgramType::kSchedCls);
}

TEST(SectionNames, AnUnknownOneIsOfNoTypeAndHasANeighbour) {
  EXPECT_EQ(section_meaning("clasifier").type, ProgramType::kUnknown);
  EXPECT_EQ(closest_section("clasifier"), "classifier");
  EXPECT_EQ(closest_section("?kprob/tcp_connect"), "kprobe");
  EXPECT_EQ(closest_section("cgroup/conect4"), "cgroup/connect4");
  EXPECT_EQ(closest_section("something_else"), "");
  EXPECT_EQ(section_meaning("tcpdump").type, ProgramType::kUnknown);
  EXPECT_EQ(section_meaning("kprobes/x").type, ProgramType::kUnknown);
}

TEST(SectionNames, EveryRuleIsReached) {
  std::set<std::string_view> exact;
  for (const SectionRule& rule : section_rules()) {
    const std::string name = std::string(rule.words) + (rule.tail == SectionTail::kAny ? "_x" : "");
    const SectionMeaning meaning = section_meaning(name);
    EXPECT_EQ(meaning.type, rule.type) << name;
    EXPECT_EQ(meaning.attach_type, rule.attach_type) << name;
    EXPECT_EQ(meaning.frags, rule.frags) << name;
    EXPECT_EQ(meaning.sleepable, rule.sleepable) << name;
    if (rule.tail != SectionTail::kAny) {
      EXPECT_TRUE(exact.insert(rule.words).second) << name << " stands there twice";
    }
  }
}

}  // namespace
}  // namespace weir::object
