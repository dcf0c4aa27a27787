// Every instruction survives being printed and read again, in both styles.
#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "isa/extended_check.h"
#include "isa/extended_print.h"
#include "isa/extended_read.h"
#include "support/random_extended.h"

namespace weir::isa {
namespace {

constexpr std::array kStyles = {ExtendedStyle::kVerifier, ExtendedStyle::kLlvm};

ExtendedProgram reread(const std::string& text) {
  diag::Diagnostics diagnostics;
  const auto out = assemble_extended(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) {
    ADD_FAILURE() << diagnostic.message << " in " << text;
  }
  return out ? out->program : ExtendedProgram{};
}

template <typename T>
constexpr std::array<T, 7> edges() {
  return {0, 1, -1, 10, 0x7f, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

// The values that `field` of `row` is tried with: edges, or one when the row does not have it.
template <typename T>
std::vector<T> tried(const ExtendedInfo& row, Fields field, std::vector<T> values) {
  return (row.fields() & field) != 0 ? std::move(values) : std::vector<T>{0};
}

std::vector<ExtendedProgram> instructions_with_edges(const ExtendedInfo& row) {
  const auto offs = edges<std::int16_t>();
  const auto imms = edges<std::int32_t>();
  std::vector<ExtendedProgram> out;
  for (const std::uint8_t dst : tried<std::uint8_t>(row, kDstField, {0, 1, 10})) {
    for (const std::uint8_t src : tried<std::uint8_t>(row, kSrcField, {0, 2, 10})) {
      for (const std::int16_t off : tried(row, kOffField, std::vector(offs.begin(), offs.end()))) {
        for (const auto imm : tried(row, kImmField, std::vector(imms.begin(), imms.end()))) {
          for (const auto next : tried(row, kNextField, std::vector(imms.begin(), imms.end()))) {
            out.push_back(testing::instruction_of(
                row, {.dst = dst, .src = src, .off = off, .imm = imm, .next = next}));
          }
        }
      }
    }
  }
  return out;
}

TEST(ExtendedRoundTrip, EveryRowWithEveryEdge) {
  for (const ExtendedInfo& row : extended_table()) {
    if (row.form == ExtendedForm::kCallx) continue;  // the assembler refuses it
    for (const ExtendedStyle style : kStyles) {
      for (const ExtendedProgram& insn : instructions_with_edges(row)) {
        const std::string text = format_extended(insn, 0, style);
        ASSERT_EQ(reread(text), insn) << text;
      }
    }
  }
}

TEST(ExtendedRoundTrip, RandomProgramsAsListings) {
  testing::RandomExtended random(11);
  for (int i = 0; i < 300; ++i) {
    const ExtendedProgram program = random.next(60);
    const auto faults = check_extended(program);
    ASSERT_TRUE(faults.empty()) << describe(faults[0]) << "\n" << format_extended_listing(program);
    for (const ExtendedStyle style : kStyles) {
      const std::string text = format_extended_listing(program, style);
      ASSERT_EQ(reread(text), program) << text;
    }
  }
}

TEST(ExtendedRoundTrip, NoTwoInstructionsAreWrittenAlike) {
  for (const ExtendedStyle style : kStyles) {
    std::map<std::string, std::uint8_t> texts;
    for (const ExtendedInfo& row : extended_table()) {
      const auto insn = testing::instruction_of(row, {.dst = 1, .src = 2, .off = 3, .imm = 4});
      const auto [before, is_new] = texts.emplace(format_extended(insn, 0, style), row.code);
      EXPECT_TRUE(is_new) << before->first << " is " << int{before->second} << " and "
                          << int{row.code};
    }
  }
}

}  // namespace
}  // namespace weir::isa
