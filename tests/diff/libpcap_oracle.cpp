// The oracle itself: thin calls of libpcap behind RAII.
#include "diff/libpcap_oracle.h"

#include <pcap/pcap.h>

#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/check.h"

namespace weir::difftest {
namespace {

struct CloseHandle {
  void operator()(pcap_t* handle) const { pcap_close(handle); }
};
using Handle = std::unique_ptr<pcap_t, CloseHandle>;

struct FreeCode {
  void operator()(bpf_program* program) const { pcap_freecode(program); }
};

static_assert(sizeof(bpf_insn) == sizeof(ClassicInsn));

ClassicProgram copy_code(const bpf_program& program) {
  ClassicProgram code;
  code.reserve(program.bf_len);
  for (const bpf_insn& insn : std::span(program.bf_insns, program.bf_len)) {
    code.push_back({.code = insn.code, .jt = insn.jt, .jf = insn.jf, .k = insn.k});
  }
  return code;
}

const bpf_insn* as_bpf(std::span<const ClassicInsn> code) {
  return reinterpret_cast<const bpf_insn*>(code.data());
}

// An empty capture file in memory. A handle of pcap_open_dead() will not do: libpcap takes it for a
// live capture and uses the extension loads of the Linux kernel.
Handle open_empty_file(LinkType link_type, std::uint32_t snaplen) {
  const pcap_file_header header = {.magic = 0xa1b2c3d4,
                                   .version_major = 2,
                                   .version_minor = 4,
                                   .thiszone = 0,
                                   .sigfigs = 0,
                                   .snaplen = snaplen,
                                   .linktype = static_cast<bpf_u_int32>(link_type)};
  auto copy = header;
  std::FILE* file = fmemopen(&copy, sizeof copy, "rb");
  WEIR_CHECK(file != nullptr);
  char error[PCAP_ERRBUF_SIZE];
  Handle handle(pcap_fopen_offline(file, error));
  WEIR_CHECK(handle != nullptr);
  return handle;
}

// One handle for each link type and snaplen, kept: opening costs more than compiling.
pcap_t* handle_for(const Query& query) {
  static std::map<std::pair<LinkType, std::uint32_t>, Handle> handles;
  Handle& handle = handles[{query.link_type, query.snaplen}];
  if (!handle) handle = open_empty_file(query.link_type, query.snaplen);
  return handle.get();
}

std::mutex libpcap_mutex;

// libpcap compares with the mask as it stands, that is in host order, and takes this value for
// none.
bpf_u_int32 peer_netmask(const Query& query) {
  return query.netmask.value_or(PCAP_NETMASK_UNKNOWN);
}

Compiled refusal(const std::string& error) {
  if (error != "expression rejects all packets") return {.code = std::nullopt, .error = error};
  return {.code = kRejectAll, .error = error, .never_matches = true};
}

// REQUIRES: libpcap_mutex is held.
bool compile(const Query& query, PeerMode mode, bpf_program& program) {
  return pcap_compile(handle_for(query), &program, query.expression.c_str(),
                      mode == PeerMode::kOptimised, peer_netmask(query)) == 0;
}

}  // namespace

Compiled libpcap_compile(const Query& query, PeerMode mode) {
  const std::lock_guard lock(libpcap_mutex);
  bpf_program program = {};
  if (!compile(query, mode, program)) {
    return refusal(pcap_geterr(handle_for(query)));
  }
  const std::unique_ptr<bpf_program, FreeCode> owner(&program);
  return {.code = copy_code(program), .error = {}};
}

bool libpcap_compiles(const Query& query, PeerMode mode) {
  const std::lock_guard lock(libpcap_mutex);
  bpf_program program = {};
  if (!compile(query, mode, program)) return false;
  pcap_freecode(&program);
  return true;
}

std::uint32_t libpcap_run(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
                          std::uint32_t wire_length) {
  return bpf_filter(as_bpf(code), reinterpret_cast<const u_char*>(packet.data()), wire_length,
                    static_cast<u_int>(packet.size()));
}

bool libpcap_validates(std::span<const ClassicInsn> code) {
  return bpf_validate(as_bpf(code), static_cast<int>(code.size())) != 0;
}

std::string libpcap_version() { return pcap_lib_version(); }

}  // namespace weir::difftest
