// pcap_activate() is what makes libpcap choose extension loads.
#include "diff/filter/live_oracle.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include "diff/filter/mend.h"

namespace weir::difftest {

void LiveOracle::Close::operator()(pcap* handle) const { pcap_close(handle); }

Result<LiveOracle> LiveOracle::open() {
  char error[PCAP_ERRBUF_SIZE];
  pcap* handle = pcap_create("lo", error);
  if (handle == nullptr) return fail(fmt::format("cannot capture on `lo`: {}", error));
  LiveOracle oracle(handle);
  if (pcap_activate(handle) < 0) {
    return fail(fmt::format("cannot capture on `lo`: {}", pcap_geterr(handle)));
  }
  return oracle;
}

Compiled LiveOracle::compile(const std::string& expression) const {
  bpf_program program = {};
  if (pcap_compile(handle_.get(), &program, mend_expression(expression).c_str(), 0,
                   PCAP_NETMASK_UNKNOWN) != 0) {
    return {.code = std::nullopt, .error = pcap_geterr(handle_.get())};
  }
  ClassicProgram code;
  for (u_int i = 0; i < program.bf_len; ++i) {
    const bpf_insn& insn = program.bf_insns[i];
    code.push_back({.code = insn.code, .jt = insn.jt, .jf = insn.jf, .k = insn.k});
  }
  pcap_freecode(&program);
  return {.code = part_cells(mend_code(std::move(code))), .error = {}};
}

}  // namespace weir::difftest
