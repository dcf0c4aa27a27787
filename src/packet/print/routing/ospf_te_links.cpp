// Links as OSPF tells them for traffic engineering (RFC 3630, RFC 4203, RFC 4124).
#include <algorithm>
#include <bit>
#include <optional>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/ospf_elements.h"

namespace weir::packet::ospf::elements {
namespace {

float megabits(const View& view, std::size_t at) {
  return std::bit_cast<float>(view.u32(at)) * 8 / 1000000;
}

// Values of links. Each returns false when its length is wrong, after it said so.
bool check(Line& line, bool good, std::string_view complaint) {
  if (!good) line.put(complaint);
  return good;
}

bool check_word(Line& line, const View& value) { return check(line, value.length() == 4, " != 4"); }

bool print_link_type(Line& line, const View& value) {
  static constexpr Named kTypes[] = {{1, "Point-to-point"}, {2, "Multi-Access"}};
  if (!check(line, value.length() == 1, " != 1")) return false;
  line.print(", {} ({})", name_of(kTypes, value.u8(0), "unknown"), value.u8(0));
  return true;
}

bool print_ids(Line& line, const View& value) {
  if (!check(line, value.length() == 4 || value.length() == 8, " != 4 && != 8")) return false;
  for (std::size_t at = 0; at < value.length(); at += 4)
    line.print(", {} (0x{:08x})", line.host4_text(value.u32(at)), value.u32(at));
  return true;
}

bool print_address(Line& line, const View& value) {
  if (!check_word(line, value)) return false;
  line.put(", ");
  line.host4(value.u32(0));
  return true;
}

bool print_metric(Line& line, const View& value) {
  if (!check_word(line, value)) return false;
  line.print(", Metric {}", value.u32(0));
  return true;
}

bool print_bandwidth(Line& line, const View& value) {
  if (!check_word(line, value)) return false;
  line.print(", {:.3f} Mbps", megabits(value, 0));
  return true;
}

bool print_unreserved(Line& line, const View& value) {
  if (!check(line, value.length() == 32, " != 32")) return false;
  for (std::size_t i = 0; i < 8; ++i)
    line.print("\n\t\tTE-Class {}: {:.3f} Mbps", i, megabits(value, 4 * i));
  return true;
}

bool print_group(Line& line, const View& value) {
  if (!check_word(line, value)) return false;
  line.print(", 0x{:08x}", value.u32(0));
  return true;
}

bool print_protection(Line& line, const View& value) {
  static constexpr Named kProtections[] = {
      {0x01, "Extra Traffic"}, {0x02, "Unprotected"}, {0x04, "Shared"},   {0x08, "Dedicated 1:1"},
      {0x10, "Dedicated 1+1"}, {0x20, "Enhanced"},    {0x40, "Reserved"}, {0x80, "Reserved"},
  };
  if (!check_word(line, value)) return false;
  line.print(", {}", bit_names(kProtections, value.u8(0), ", ", "none"));
  return true;
}

constexpr Named kSwitching[] = {
    {1, "Packet-Switch Capable-1"}, {2, "Packet-Switch Capable-2"},
    {3, "Packet-Switch Capable-3"}, {4, "Packet-Switch Capable-4"},
    {51, "Layer-2 Switch Capable"}, {100, "Time-Division-Multiplex"},
    {150, "Lambda-Switch Capable"}, {200, "Fiber-Switch Capable"},
};
constexpr Named kEncodings[] = {
    {1, "Packet"},
    {2, "Ethernet V2/DIX"},
    {3, "ANSI/ETSI PDH"},
    {4, "Reserved"},
    {5, "SDH ITU-T G.707/SONET ANSI T1.105"},
    {6, "Reserved"},
    {7, "Digital Wrapper"},
    {8, "Lambda (photonic)"},
    {9, "Fiber"},
    {10, "Reserved"},
    {11, "FiberChannel"},
};

bool print_switching(Line& line, const View& value) {
  if (!check(line, value.length() >= 36, " < 36")) return false;
  line.print("\n\t\tInterface Switching Capability: {}",
             name_of(kSwitching, value.u8(0), "Unknown"));
  line.print("\n\t\tLSP Encoding: {}\n\t\tMax LSP Bandwidth:",
             name_of(kEncodings, value.u8(1), "Unknown"));
  for (std::size_t i = 0; i < 8; ++i)
    line.print("\n\t\t  priority level {}: {:.3f} Mbps", i, megabits(value, 4 + 4 * i));
  return true;
}

bool print_risk_groups(Line& line, const View& value) {
  if (!check(line, value.length() % 4 == 0, " != N x 4")) return false;
  for (std::size_t at = 0; at < value.length() && !line.cut(); at += 4)
    line.print("{}{}", at == 0 ? "\n\t\t  Shared risk group: " : ", ", value.u32(at));
  return true;
}

bool print_constraints(Line& line, const View& value) {
  static constexpr Named kModels[] = {
      {0, "Russian dolls"},
      {1, "Maximum allocation"},
      {2, "Maximum allocation with E-LSP support"},
  };
  if (!check(line, value.length() >= 4, " < 4")) return false;
  line.print("\n\t\tBandwidth Constraints Model ID: {} ({})",
             name_of(kModels, value.u8(0), "unknown"), value.u8(0));
  if (value.length() % 4 != 0) line.print("\n\t\tlength {} != N x 4", value.length());
  if (value.length() % 4 != 0) return false;
  if (value.length() > 36) line.print("\n\t\tlength {} > 36", value.length());
  if (value.length() > 36) return false;
  for (std::size_t i = 0; i < (value.length() - 4) / 4; ++i)
    line.print("\n\t\t  Bandwidth constraint CT{}: {:.3f} Mbps", i, megabits(value, 4 + 4 * i));
  return true;
}

struct LinkElement {
  std::uint16_t type;
  std::string_view name;
  bool (*print)(Line&, const View&);
};
constexpr std::uint16_t kRiskGroups = 16;
constexpr LinkElement kLinkElements[] = {
    {1, "Link Type", print_link_type},
    {2, "Link ID", print_ids},
    {3, "Local Interface IP address", print_address},
    {4, "Remote Interface IP address", print_address},
    {5, "Traffic Engineering Metric", print_metric},
    {6, "Maximum Bandwidth", print_bandwidth},
    {7, "Maximum Reservable Bandwidth", print_bandwidth},
    {8, "Unreserved Bandwidth", print_unreserved},
    {9, "Administrative Group", print_group},
    {11, "Link Local/Remote Identifier", print_ids},
    {14, "Link Protection Type", print_protection},
    {15, "Interface Switching Capability", print_switching},
    {kRiskGroups, "Shared Risk Link Group", print_risk_groups},
    {17, "Bandwidth Constraints", print_constraints},
};

bool print_link_value(Line& line, const View& value, const LinkElement* known) {
  if (known == nullptr) {
    if (!line.verbose(2)) put_unknown(line, value, 0, value.length(), "\n\t\t");
    return true;
  }
  if (known->print(line, value)) return true;
  line.put_invalid();
  return false;
}

void put_remaining(Line& line, std::uint32_t left, std::uint32_t length) {
  line.print("\n\t    Remaining TLV length {} < {}", left + 4, length + 4);
}

// Returns how many bytes of the element it takes, which are not always those that are skipped:
// tcpdump skips risk groups twice. Nothing when it is broken.
struct Taken {
  std::uint32_t length;
  std::size_t skipped;
};
std::optional<Taken> print_link_element(Line& line, const View& view, std::uint32_t left) {
  const std::uint16_t type = view.u16(0);
  const std::uint32_t length = view.u16(2);
  if (type == 0 || length == 0) line.put_invalid();
  if (type == 0 || length == 0) return {};
  const auto found = std::ranges::find(kLinkElements, type, &LinkElement::type);
  const LinkElement* known = found == std::ranges::end(kLinkElements) ? nullptr : found;
  line.print("\n\t      {} subTLV ({}), length: {}", known != nullptr ? known->name : "unknown",
             type, length);
  left -= kHeader;
  if (left < length) put_remaining(line, left, length);
  if (left < length || !view.has(kHeader, length)) return {};
  if (!print_link_value(line, view.from(kHeader).claiming(length), known)) return {};
  if (left < padded(length)) put_remaining(line, left, padded(length));
  if (left < padded(length)) return {};
  const std::uint32_t taken = kHeader + padded(length);
  return Taken{.length = taken, .skipped = type == kRiskGroups ? taken + length : taken};
}

}  // namespace

bool print_link(Line& line, View& view, std::uint32_t left) {
  while (left != 0 && !line.cut()) {
    if (left < kHeader) line.print("\n\t    Remaining TLV length {} < 4", left);
    if (left < kHeader) return false;
    const auto taken = print_link_element(line, view, left);
    if (!taken) return false;
    left -= taken->length;
    view = view.from(taken->skipped);
  }
  return true;
}

}  // namespace weir::packet::ospf::elements
