#include "packet/print/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/endian.h"

namespace weir::packet {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

constexpr std::array<char, 512> make_hex_bytes() {
  std::array<char, 512> out{};
  for (std::size_t i = 0; i < 256; ++i) {
    out[2 * i] = kHexDigits[i >> 4];
    out[2 * i + 1] = kHexDigits[i & 0xf];
  }
  return out;
}

// Every value of a byte.
constexpr auto kHexBytes = make_hex_bytes();

char* put_hex_byte(char* at, std::size_t value) {
  std::memcpy(at, &kHexBytes[2 * value], 2);
  return at + 2;
}

// Writes 4 characters, of which those before the first digit that counts are written over.
char* put_hex_group(char* at, std::uint16_t value) {
  char digits[4];
  put_hex_byte(put_hex_byte(digits, value >> 8), value & 0xff);
  const int zeros = std::countl_zero(static_cast<std::uint16_t>(value | 1)) / 4;
  std::uint32_t word =
      load<std::uint32_t>(reinterpret_cast<std::byte*>(digits), std::endian::little);
  store<std::uint32_t>(reinterpret_cast<std::byte*>(at), word >> 8 * zeros, std::endian::little);
  return at + (4 - zeros);
}

using Groups = std::array<std::uint16_t, 8>;

struct Run {
  std::uint8_t begin = 8;
  std::uint8_t length = 0;
};

// The longest run of at least two zero groups, the first of several: what `::` stands for (RFC
// 5952, section 4.2). `zeros` has a bit for each group that is zero, the first in the lowest bit.
constexpr Run longest_zero_run(unsigned zeros) {
  Run best;
  for (std::uint8_t i = 0; i < 8; ++i) {
    const auto length = static_cast<std::uint8_t>(std::countr_one(zeros >> i));
    if (length > std::max<std::uint8_t>(best.length, 1)) best = {.begin = i, .length = length};
  }
  return best;
}

constexpr std::array<Run, 256> make_zero_runs() {
  std::array<Run, 256> out{};
  for (unsigned zeros = 0; zeros < out.size(); ++zeros) out[zeros] = longest_zero_run(zeros);
  return out;
}

constexpr auto kZeroRuns = make_zero_runs();

Run longest_zero_run(const Groups& groups) {
  unsigned zeros = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) zeros |= unsigned{groups[i] == 0} << i;
  return kZeroRuns[zeros];
}

// The last two groups are an IPv4 address: mapped, or what once was "IPv4-compatible".
bool ends_in_ip4(const Groups& groups, const Run& zeros) {
  if (zeros.begin != 0) return false;
  return zeros.length == 6 || (zeros.length == 5 && groups[5] == 0xffff);
}

}  // namespace

char* put_long_decimal(char* at, std::uint64_t value) {
  constexpr std::uint64_t kNine = 1'000'000'000;
  at = put_decimal(at, value / kNine);
  const auto rest = static_cast<std::uint32_t>(value % kNine);
  at = put_three(at, rest / 1'000'000);
  at = put_three(at, rest / 1000 % 1000);
  return put_three(at, rest % 1000);
}

void Text::reserve(std::size_t count) {
  if (limit_ - end_ >= static_cast<std::ptrdiff_t>(count)) return;
  const std::size_t used = size();
  const std::size_t capacity = std::bit_ceil(used + count + 2 * kHeadroom);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  std::memcpy(larger.get(), begin_.get(), used);
  begin_ = std::move(larger);
  end_ = begin_.get() + used;
  limit_ = begin_.get() + capacity - kHeadroom;
}

void Text::print_with(fmt::string_view format, fmt::format_args arguments) {
  fmt::memory_buffer formatted;
  fmt::vformat_to(fmt::appender(formatted), format, arguments);
  put(std::string_view(formatted.data(), formatted.size()));
}

void Text::hex(std::span<const std::byte> bytes) {
  if (2 * bytes.size() > kHeadroom) reserve(2 * bytes.size());
  char* at = end_;
  for (const std::byte byte : bytes) at = put_hex_byte(at, std::to_integer<unsigned>(byte));
  advance_to(at);
}

template <Text::Ip6Ending kEnding>
char* Text::put_ip6(char* const begin, std::span<const std::byte> address) {
  Groups groups;
  for (std::size_t i = 0; i < groups.size(); ++i)
    groups[i] = load_be<std::uint16_t>(address.data() + 2 * i);
  const Run zeros = longest_zero_run(groups);
  const bool is_dotted = kEnding == Ip6Ending::kMayBeDotted && ends_in_ip4(groups, zeros);
  const std::size_t end = is_dotted ? 6 : groups.size();
  char* at = begin;
  for (std::size_t i = 0; i < end; ++i) {
    if (i == zeros.begin) {
      *at++ = ':';
      *at++ = ':';
      i += zeros.length - 1u;
      continue;
    }
    if (at != begin && at[-1] != ':') *at++ = ':';
    at = put_hex_group(at, groups[i]);
  }
  if (is_dotted) {
    if (at[-1] != ':') *at++ = ':';
    at = put_dotted(at, load_be<std::uint32_t>(address.data() + 12));
  }
  return at;
}

void Text::ip6(std::span<const std::byte> address) {
  advance_to(put_ip6<Ip6Ending::kMayBeDotted>(end_, address));
}

void Text::ip6_groups(std::span<const std::byte> address) {
  advance_to(put_ip6<Ip6Ending::kGroups>(end_, address));
}

void Text::mac(std::span<const std::byte> address) {
  if (3 * address.size() > kHeadroom) reserve(3 * address.size());
  char* at = end_;
  for (const std::byte byte : address) {
    at = put_hex_byte(at, std::to_integer<unsigned>(byte));
    *at++ = ':';
  }
  advance_to(address.empty() ? at : at - 1);
}

}  // namespace weir::packet
