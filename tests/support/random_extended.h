// Random extended instructions and well-formed programs, for tests.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "isa/extended.h"
#include "isa/extended_code.h"
#include "isa/extended_table.h"

namespace weir::testing {

// An instruction of a row, one slot or two; fields that the row does not have stay zero.
struct FieldValues {
  std::uint8_t dst = 0;
  std::uint8_t src = 0;
  std::int16_t off = 0;
  std::int32_t imm = 0;
  std::int32_t next = 0;
};

inline isa::ExtendedProgram instruction_of(const isa::ExtendedInfo& row, FieldValues values) {
  const isa::Fields fields = row.fields();
  const auto has = [&](isa::Fields field) { return (fields & field) != 0; };
  const isa::Selector& selector = row.selector;
  if (selector.field == isa::kSrcField) values.src = static_cast<std::uint8_t>(selector.value);
  if (selector.field == isa::kOffField) values.off = static_cast<std::int16_t>(selector.value);
  if (selector.field == isa::kImmField) values.imm = selector.value;
  isa::ExtendedProgram out = {isa::make_insn(
      row.code, has(isa::kDstField) ? values.dst : 0, has(isa::kSrcField) ? values.src : 0,
      has(isa::kOffField) ? values.off : std::int16_t{0}, has(isa::kImmField) ? values.imm : 0)};
  if (isa::is_wide(out[0])) {
    out.push_back(isa::make_insn(0, 0, 0, 0, has(isa::kNextField) ? values.next : 0));
  }
  return out;
}

class RandomExtended {
 public:
  explicit RandomExtended(std::uint64_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  // Small numbers, limits, powers of two and their neighbours, and anything.
  std::int32_t constant() {
    switch (below(5)) {
      case 0:
        return static_cast<std::int32_t>(below(70)) - 35;
      case 1:
        return static_cast<std::int32_t>((1u << below(32)) - 1 + below(3));
      case 2:
        return INT32_MIN + static_cast<std::int32_t>(below(2));
      case 3:
        return INT32_MAX - static_cast<std::int32_t>(below(2));
      default:
        return static_cast<std::int32_t>(random_());
    }
  }

  // Up to `max_slots` and an exit: no structural fault, whatever it does when it runs.
  isa::ExtendedProgram next(std::size_t max_slots) {
    isa::ExtendedProgram program;
    const std::size_t size = below(static_cast<std::uint32_t>(max_slots)) + 1;
    while (program.size() < size) append(program, instruction());
    program.push_back(isa::exit_program());
    aim(program);
    return program;
  }

  const isa::ExtendedInfo& row() {
    const auto table = isa::extended_table();
    return table[below(static_cast<std::uint32_t>(table.size()))];
  }

 private:
  static void append(isa::ExtendedProgram& program, const isa::ExtendedProgram& more) {
    program.insert(program.end(), more.begin(), more.end());
  }

  isa::ExtendedProgram instruction() {
    while (true) {
      const isa::ExtendedInfo& info = row();
      if (info.form == isa::ExtendedForm::kCallx || begins_subprogram(info)) continue;
      FieldValues values = {.dst = static_cast<std::uint8_t>(below(11)),
                            .src = static_cast<std::uint8_t>(below(11)),
                            .off = static_cast<std::int16_t>(constant()),
                            .imm = constant(),
                            .next = constant()};
      if (info.written() == isa::kDstField) values.dst %= 10;
      if (info.written() == isa::kSrcField) values.src %= 10;
      if (info.form == isa::ExtendedForm::kArithmeticK)
        values.imm = 1 + static_cast<int>(below(31));
      return instruction_of(info, values);
    }
  }

  static bool begins_subprogram(const isa::ExtendedInfo& info) {
    return info.form == isa::ExtendedForm::kCallSubprogram ||
           info.form == isa::ExtendedForm::kWideFunction;
  }

  // Every jump to an instruction of the program.
  void aim(isa::ExtendedProgram& program) {
    std::vector<std::size_t> begins;
    for (std::size_t at = 0; at < program.size(); at += isa::slots_at(program, at)) {
      begins.push_back(at);
    }
    for (const std::size_t at : begins) {
      const isa::Fields field = isa::find_extended(program[at])->distance();
      const std::size_t to = begins[below(static_cast<std::uint32_t>(begins.size()))];
      const auto distance = static_cast<std::int32_t>(to) - static_cast<std::int32_t>(at) - 1;
      if (field == isa::kOffField) program[at].off = static_cast<std::int16_t>(distance);
      if (field == isa::kImmField) program[at].imm = distance;
    }
  }

  std::mt19937_64 random_;
};

}  // namespace weir::testing
