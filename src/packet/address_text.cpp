#include "packet/address_text.h"

#include <fmt/format.h>

#include <array>

#include "base/check.h"
#include "base/endian.h"

namespace weir::packet {
namespace {

using Groups = std::array<std::uint16_t, 8>;

struct Run {
  std::size_t begin = 0;
  std::size_t length = 0;
};

// The longest run of zero groups, the first of several; what `::` stands for (RFC 5952,
// section 4.2).
Run longest_zero_run(const Groups& groups) {
  Run best;
  Run current;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    current = groups[i] != 0 ? Run{.begin = i + 1, .length = 0}
                             : Run{.begin = current.begin, .length = current.length + 1};
    if (current.length > best.length) best = current;
  }
  return best.length > 1 ? best : Run{};
}

std::string join_groups(std::span<const std::uint16_t> groups) {
  std::string out;
  for (const std::uint16_t group : groups)
    out += fmt::format("{}{:x}", out.empty() ? "" : ":", group);
  return out;
}

}  // namespace

std::string ip4_text(std::uint32_t address) {
  return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 0xff, address >> 8 & 0xff,
                     address & 0xff);
}

std::string ip6_text(std::span<const std::byte> address) {
  Groups groups;
  WEIR_CHECK(address.size() == 2 * groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i)
    groups[i] = load_be<std::uint16_t>(address.data() + 2 * i);
  const Run run = longest_zero_run(groups);
  if (run.length == 0) return join_groups(groups);
  const std::span all(groups);
  return join_groups(all.first(run.begin)) +
         "::" + join_groups(all.subspan(run.begin + run.length));
}

std::string mac_text(std::span<const std::byte> address) {
  std::string out;
  for (const std::byte b : address)
    out += fmt::format("{}{:02x}", out.empty() ? "" : ":", std::to_integer<int>(b));
  return out;
}

}  // namespace weir::packet
