// Any bytes as a program and a packet, valid or not: the interpreter stays inside both, ends with
// its budget, and stepping gives what running gives. Its verdict is the checked outcome's, and that
// of the decoded program, where the check lets it be decoded.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/reader.h"
#include "isa/classic_check.h"
#include "vm/classic_decoded.h"
#include "vm/classic_interpreter.h"

namespace {

using namespace weir;

constexpr std::uint64_t kBudget = 10'000;

ClassicProgram read_program(ByteReader& reader) {
  const std::size_t size = std::min<std::size_t>(reader.u8(), reader.remaining() / 8);
  ClassicProgram program(size);
  for (ClassicInsn& insn : program) {
    insn.code = reader.u16() & 0x1ff;
    insn.jt = reader.u8();
    insn.jf = reader.u8();
    insn.k = reader.u32();
  }
  return program;
}

vm::ClassicState step_to_the_end(std::span<const ClassicInsn> program,
                                 const vm::ClassicInput& input, vm::ClassicMode mode) {
  vm::ClassicState state;
  for (std::uint64_t i = 0; i < kBudget && state.outcome == vm::ClassicOutcome::kRunning; ++i) {
    vm::step_classic(program, input, mode, state);
  }
  return state;
}

void run_decoded(const ClassicProgram& program, const vm::ClassicInput& input) {
  const auto decoded = vm::DecodedClassic::decode(program, kBudget);
  const bool checked = isa::check_classic(program, isa::ClassicRules::kUserSpace).empty();
  WEIR_CHECK(decoded.has_value() == checked);
  if (!decoded) return;
  const vm::ClassicResult reference = vm::run_classic(program, input, {.budget = kBudget});
  WEIR_CHECK(decoded->run(input.bytes, input.wire_length) == reference.verdict);
}

void run(const ClassicProgram& program, const vm::ClassicInput& input, vm::ClassicMode mode) {
  const vm::ClassicResult result =
      vm::run_classic(program, input, {.mode = mode, .budget = kBudget});
  const vm::ClassicState state = step_to_the_end(program, input, mode);
  WEIR_CHECK(result.executed <= kBudget);
  WEIR_CHECK(result.pc == state.pc);
  WEIR_CHECK(result.verdict == state.verdict);
  const bool ended = state.outcome != vm::ClassicOutcome::kRunning;
  WEIR_CHECK(ended == (result.outcome != vm::ClassicOutcome::kBudgetExhausted));
  WEIR_CHECK(!ended || result.outcome == state.outcome);
  const bool checked = isa::check_classic(program, isa::ClassicRules::kUserSpace).empty();
  WEIR_CHECK(!checked || result.outcome != vm::ClassicOutcome::kInvalid);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader reader(std::as_bytes(std::span(data, size)), std::endian::little);
  const vm::ClassicMetadata metadata = {.network_offset = reader.u8(), .mark = reader.u8()};
  const ClassicProgram program = read_program(reader);
  // A copy of its own, so that the sanitizer sees its ends.
  const std::vector<std::byte> packet(reader.rest().begin(), reader.rest().end());
  const vm::ClassicInput bare = {.bytes = packet, .wire_length = 1500};
  const vm::ClassicInput known = {.bytes = packet, .wire_length = 1500, .metadata = &metadata};
  for (const vm::ClassicMode mode : {vm::ClassicMode::kLibpcap, vm::ClassicMode::kKernel}) {
    run(program, bare, mode);
    run(program, known, mode);
  }
  run_decoded(program, bare);
  return 0;
}
