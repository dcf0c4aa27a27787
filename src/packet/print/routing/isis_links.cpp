// Elements of IS-IS that tell neighbors (RFC 5305).
#include <algorithm>
#include <bit>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/isis_elements.h"

namespace weir::packet::isis {
namespace links {
namespace {

constexpr std::string_view kIndent = "\n\t        ";

float megabits(const View& view, std::size_t at) {
  return std::bit_cast<float>(view.u32(at)) * 8 / 1000000;
}

// What is told of a link. Values are as long as their views claim.

void print_numbers(Line& line, const View& value) {
  if (value.length() < 4) return;
  line.print(", 0x{:08x}", value.u32(0));
  if (value.length() == 8) line.print(", 0x{:08x}", value.u32(4));
}

void print_address(Line& line, const View& value) {
  if (value.length() >= 4) line.print(", {}", line.host4_text(value.u32(0)));
}

void print_bandwidth(Line& line, const View& value) {
  if (value.length() >= 4) line.print(", {:.3f} Mbps", megabits(value, 0));
}

void print_unreserved(Line& line, const View& value) {
  if (value.length() < 32) return;
  for (std::size_t i = 0; i < 8; ++i)
    line.print("{}  TE-Class {}: {:.3f} Mbps", kIndent, i, megabits(value, 4 * i));
}

void print_metric(Line& line, const View& value) {
  if (value.length() >= 3) line.print(", {}", value.u24(0));
}

void print_attributes(Line& line, const View& value) {
  static constexpr Named kAttributes[] = {{0x01, "Local Protection Available"},
                                          {0x02, "Link excluded from local protection path"},
                                          {0x04, "Local maintenance required"}};
  if (value.length() != 2) return;
  const std::uint16_t bits = value.u16(0);
  line.print(", [ {} ] (0x{:04x})", bit_names(kAttributes, bits, ", ", "Unknown"), bits);
}

struct Inner {
  std::uint8_t type;
  std::string_view name;
  void (*print)(Line&, const View&) = nullptr;
};
constexpr Inner kInners[] = {
    {3, "Administrative groups", print_numbers},
    {4, "Link Local/Remote Identifier", print_numbers},
    {5, "Link Remote Identifier", print_numbers},
    {6, "IPv4 interface address", print_address},
    {8, "IPv4 neighbor address", print_address},
    {9, "Maximum link bandwidth", print_bandwidth},
    {10, "Reservable link bandwidth", print_bandwidth},
    {11, "Unreserved bandwidth", print_unreserved},
    {18, "Traffic Engineering Metric", print_metric},
    {19, "Link Attribute", print_attributes},
    {250, "Reserved for cisco specific extensions"},
    {251, "Reserved for cisco specific extensions"},
    {252, "Reserved for cisco specific extensions"},
    {253, "Reserved for cisco specific extensions"},
    {254, "Reserved for cisco specific extensions"},
    {255, "Reserved for future expansion"},
};

// One of those in the `left` bytes of what a neighbor has, of the `rest` of the whole. Returns its
// length, or nothing when it is cut short; 0 when the others are to be skipped.
std::optional<std::size_t> print_inner(Line& line, const View& view, std::size_t left) {
  if (!view.has(0, 2)) return {};
  if (view.length() < 2 || left < 2) {
    line.print("{}Remaining data in {} shorter than a subTLV header", kIndent,
               view.length() < 2 ? "TLV" : "subTLVs");
    return 0;
  }
  const std::uint8_t type = view.u8(0);
  const std::size_t length = view.u8(1);
  const auto found = std::ranges::find(kInners, type, &Inner::type);
  const bool known = found != std::ranges::end(kInners);
  line.print("{}{} subTLV #{}, length: {}", kIndent, known ? found->name : "unknown", type, length);
  if (left - 2 < length) line.put(" (remaining data in subTLVs shorter than the current subTLV)");
  if (left - 2 < length) return 0;
  if (view.length() - 2 < length) line.put(" (> remaining tlv length)");
  if (view.length() - 2 < length) return 0;
  const View value = view.from(2).claiming(length);
  if (!value.has(0, length)) return {};
  if (known && found->print != nullptr) {
    found->print(line, value);
  } else {
    put_unknown(line, value, 0, length, "\n\t\t    ");
  }
  return 2 + length;
}

bool print_inners(Line& line, const View& list, std::size_t size) {
  for (std::size_t at = 0; at < size && !line.cut();) {
    const auto length = print_inner(line, list.from(at), size - at);
    if (!length) return false;
    if (*length == 0) return true;
    at += *length;
  }
  return true;
}

// Returns how long it is; 0 when it is cut short.
std::size_t print_neighbor(Line& line, const View& left) {
  constexpr std::size_t kMetric = 3;
  if (!left.has(0, kNodeId) || left.length() < kNodeId) return 0;
  line.print("\n\t      IS Neighbor: {}", id_text(left, 0, kNodeId));
  if (!left.has(kNodeId, kMetric) || left.length() < kNodeId + kMetric) return 0;
  line.print(", Metric: {}", left.u24(kNodeId));
  const std::size_t end = kNodeId + kMetric;
  if (!left.has(end, 1) || left.length() <= end) return 0;
  const std::size_t size = left.u8(end);
  line.print(", {}sub-TLVs present", size == 0 ? "no " : "");
  if (size == 0) return end + 1;
  line.print(" ({})", size);
  if (!print_inners(line, left.from(end + 1), size)) return 0;
  return std::min(end + 1 + size, left.length());
}

}  // namespace
}  // namespace links

bool print_links(Line& line, const View& value) {
  for (View left = value; left.length() != 0 && !line.cut();) {
    const std::size_t length = links::print_neighbor(line, left);
    if (length == 0) return false;
    left = left.from(length);
  }
  return true;
}

}  // namespace weir::packet::isis
