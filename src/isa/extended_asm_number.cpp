#include "isa/extended_asm_number.h"

#include <fmt/format.h>

#include <string>

#include "diag/quote.h"

namespace weir::isa {

std::optional<std::int64_t> AsmNumbers::plain(const NumberLimits& limits) {
  const auto found = line_.number();
  if (found) return checked(*found, limits);
  expect_number();
  return {};
}

std::optional<std::int64_t> AsmNumbers::with_sign(const NumberLimits& limits) {
  const std::size_t begin = line_.position();
  const bool negative = line_.peek() == '-';
  line_.accept(negative ? '-' : '+');
  auto found = line_.number();
  if (!found) {
    expect_number();
    return {};
  }
  found->negative = found->negative != negative;
  found->range = line_.range_from(begin);
  return checked(*found, limits);
}

std::optional<std::uint64_t> AsmNumbers::wide() {
  const auto found = line_.number();
  if (!found) {
    expect_number();
    return {};
  }
  constexpr std::uint64_t kMost = std::uint64_t{1} << 63;
  if (!found->readable || (found->negative && found->magnitude > kMost)) {
    refuse(*found, "a number of 64 bits", "it has 64 bits, signed or unsigned");
    return {};
  }
  return found->negative ? 0 - found->magnitude : found->magnitude;
}

bool AsmNumbers::sign_follows() {
  line_.skip_blanks();
  return line_.peek() == '+' || line_.peek() == '-';
}

std::optional<std::int64_t> AsmNumbers::checked(const AsmNumber& number,
                                                const NumberLimits& limits) {
  const auto value = number.within(limits.min, limits.max);
  if (!value) refuse(number, limits.what, limits.hint);
  return value;
}

void AsmNumbers::expect_number() {
  line_.skip_blanks();
  failure_.expect(line_.position(), row_, "a number", false);
}

void AsmNumbers::refuse(const AsmNumber& number, std::string_view what, std::string_view hint) {
  const std::string_view problem = number.readable ? what : "a number of 64 bits";
  const std::string_view way_out = number.readable ? hint : "write 12, 0xc, 014 or 0b1100";
  failure_.refuse(
      line_.position(),
      {.kind = diag::Kind::kAsmNumber,
       .range = number.range,
       .message = fmt::format("{} is not {}", diag::quote(line_.text(number.range)), problem),
       .hint = std::string(way_out),
       .notes = {}});
}

}  // namespace weir::isa
