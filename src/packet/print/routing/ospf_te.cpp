// What advertisements of both versions of OSPF tell of restarts (RFC 3623), and for traffic
// engineering (RFC 3630).
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/ospf_elements.h"
#include "packet/print/routing/ospf_lsa.h"

namespace weir::packet::ospf {
namespace elements {
namespace {

bool wrong_length(Line& line, std::uint32_t length, std::uint32_t wanted) {
  if (length == wanted) return false;
  line.print("\n\t    Bogus length {} != {}", length, wanted);
  return true;
}

// The header of an element among the `left` bytes that remain.
struct Element {
  std::uint16_t type;
  std::uint32_t length;
};

std::optional<Element> next(Line& line, const View& view, std::uint32_t left) {
  if (!view.has(0, kHeader)) return {};
  if (left >= kHeader) return Element{.type = view.u16(0), .length = view.u16(2)};
  line.print("\n\t    Remaining LS length {} < 4", left);
  return {};
}

bool fits(Line& line, const Element& element, std::uint32_t left) {
  if (element.length > left) {
    line.print("\n\t    Bogus length {} > {}", element.length, left);
    return false;
  }
  return element.type != 0 && element.length != 0;
}

enum RestartType : std::uint16_t { kPeriod = 1, kReason, kInterface };
constexpr Named kRestartTypes[] = {
    {kPeriod, "Grace Period"},
    {kReason, "Graceful restart Reason"},
    {kInterface, "IPv4 interface address"},
};
constexpr Named kReasons[] = {
    {0, "Unknown"},
    {1, "Software Restart"},
    {2, "Software Reload/Upgrade"},
    {3, "Control Processor Switch"},
};

bool print_restart_value(Line& line, const View& value, const Element& element) {
  switch (element.type) {
    case kPeriod:
      if (wrong_length(line, element.length, 4)) return false;
      line.print("{}s", value.u32(0));
      return true;
    case kReason:
      if (wrong_length(line, element.length, 1)) return false;
      line.print("{} ({})", name_of(kReasons, value.u8(0), "Unknown"), value.u8(0));
      return true;
    case kInterface:
      if (wrong_length(line, element.length, 4)) return false;
      line.host4(value.u32(0));
      return true;
    default:
      if (!line.verbose(2)) put_unknown(line, value, 0, element.length, "\n\t      ");
      return true;
  }
}

}  // namespace
}  // namespace elements

bool print_restart(Line& line, const View& body) {
  using namespace elements;
  auto left = static_cast<std::uint32_t>(body.length());
  View view = body;
  while (left != 0 && !line.cut()) {
    const auto element = next(line, view, left);
    if (!element) return false;
    left -= kHeader;
    view = view.from(kHeader);
    line.print("\n\t    {} TLV ({}), length {}, value: ",
               name_of(kRestartTypes, element->type, "unknown"), element->type, element->length);
    if (!fits(line, *element, left) || !view.has(0, element->length)) return false;
    if (!print_restart_value(line, view, *element)) return false;
    left -= padded(element->length);
    view = view.from(padded(element->length));
  }
  return true;
}

bool print_traffic_engineering(Line& line, const View& body) {
  using namespace elements;
  constexpr std::uint16_t kRouter = 1, kLink = 2;
  static constexpr Named kTypes[] = {{kRouter, "Router Address"}, {kLink, "Link"}};
  auto left = static_cast<std::uint32_t>(body.length());
  View view = body;
  while (left != 0 && !line.cut()) {
    const auto element = next(line, view, left);
    if (!element) return false;
    left -= kHeader;
    view = view.from(kHeader);
    line.print("\n\t    {} TLV ({}), length: {}", name_of(kTypes, element->type, "unknown"),
               element->type, element->length);
    if (!fits(line, *element, left)) return false;
    std::uint32_t taken = padded(element->length);
    if (element->type == kLink) {
      // What it held has been counted, and nothing of it is left to be skipped.
      if (!print_link(line, view, element->length)) return false;
      taken = 0;
    } else if (element->type == kRouter) {
      if (element->length < 4) line.print("\n\t    TLV length {} < 4", element->length);
      if (element->length < 4) return false;
      const std::uint32_t router = view.u32(0);
      line.put(", ");
      line.host4(router);
    } else if (!line.verbose(2)) {
      put_unknown(line, view, 0, element->length, "\n\t      ");
    }
    if (taken > left) line.print("\n\t    Bogus padded length {} > {}", taken, left);
    if (taken > left) return false;
    left -= taken;
    view = view.from(taken);
  }
  return true;
}

}  // namespace weir::packet::ospf
