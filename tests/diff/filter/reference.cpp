#include "diff/filter/reference.h"

#include <utility>

#include "diff/filter/checked_bpf.h"
#include "diff/filter/mend.h"
#include "diff/libpcap_oracle.h"

namespace weir::difftest {

Compiled reference_compile(const Query& query) {
  Query mended = query;
  mended.expression = mend_expression(query.expression);
  Compiled compiled = libpcap_compile(mended, PeerMode::kUnoptimised);
  if (compiled.code) compiled.code = part_cells(mend_code(*std::move(compiled.code)));
  return compiled;
}

Reference::Reference(ClassicProgram code)
    : code_(std::move(code)), without_dead_loads_(drop_dead_loads(code_)) {}

Expected Reference::expect(const SamplePacket& packet) const {
  const CheckedRun run = run_checked(code_, packet.bytes, packet.wire_length);
  const CheckedRun other = run_checked(without_dead_loads_, packet.bytes, packet.wire_length);
  Expected expected = {.verdict = run.verdict,
                       .without_dead_loads = other.verdict,
                       .read_unset = run.read_unset || other.read_unset,
                       .endless = run.endless || other.endless};
  if (expected.read_unset || expected.endless || run.broken) expected.verdict.reset();
  return expected;
}

}  // namespace weir::difftest
