// The numbers of an assembly instruction: read, and refused with a hint where they do not fit.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "isa/extended_asm_failure.h"
#include "isa/extended_asm_line.h"
#include "isa/extended_table.h"

namespace weir::isa {

// What a number may be where it stands.
struct NumberLimits {
  std::int64_t min;
  std::int64_t max;
  std::string_view what;  // that a number outside is not
  std::string_view hint;
};

inline constexpr NumberLimits kOffsetLimits = {
    INT16_MIN, INT16_MAX, "an offset of 16 bits",
    "offsets are -32768 to 32767; add the rest to the register before"};
inline constexpr NumberLimits kTargetLimits = {
    INT16_MIN, INT16_MAX, "a distance of 16 bits",
    "jumps reach -32768 to 32767; `gotol` reaches further"};
inline constexpr NumberLimits kFarLimits = {INT32_MIN, INT32_MAX, "a number of 32 bits",
                                            "it is -2147483648 to 2147483647"};
inline constexpr NumberLimits kSignedLimits = {
    INT32_MIN, INT32_MAX, "an immediate of 32 bits",
    "immediates are -2147483648 to 2147483647; load more into a register first: "
    "`r1 = 0x1122334455667788 ll`"};
inline constexpr NumberLimits kUnsignedLimits = {INT32_MIN, UINT32_MAX, "an immediate of 32 bits",
                                                 "immediates are -2147483648 to 4294967295"};
inline constexpr NumberLimits kHalfLimits = {0, UINT16_MAX, "a number of 16 bits",
                                             "address spaces are 0 to 65535"};
inline constexpr NumberLimits kNextLimits = {0, UINT32_MAX, "a number of 32 bits",
                                             "it is 0 to 4294967295"};

// Reads from `line`, and tells `failure` what is wrong; `row` is the one that is tried.
class AsmNumbers {
 public:
  AsmNumbers(LineCursor& line, const ExtendedInfo& row, AsmFailure& failure)
      : line_(line), row_(row), failure_(failure) {}

  // `5`, `-0x5`.
  std::optional<std::int64_t> plain(const NumberLimits& limits);
  // `+5`, `- 0x5`: a sign comes first, and maybe a blank. REQUIRES: sign_follows().
  std::optional<std::int64_t> with_sign(const NumberLimits& limits);
  // 64 bits, signed or unsigned.
  std::optional<std::uint64_t> wide();

  bool sign_follows();

 private:
  std::optional<std::int64_t> checked(const AsmNumber& number, const NumberLimits& limits);
  void expect_number();
  void refuse(const AsmNumber& number, std::string_view what, std::string_view hint);

  LineCursor& line_;
  const ExtendedInfo& row_;
  AsmFailure& failure_;
};

}  // namespace weir::isa
