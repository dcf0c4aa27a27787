// RADIUS (RFC 2865, RFC 2866, RFC 5176).
#include <algorithm>

#include "packet/print/app/radius_attributes.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::radius {
namespace packets {
namespace {

constexpr Field kFields[] = {
    {.name = "radius.code", .offset = 0, .size = 1},
    {.name = "radius.id", .offset = 1, .size = 1},
    {.name = "radius.length", .offset = 2, .size = 2},
    {.name = "radius.authenticator", .offset = 4, .size = 16, .show = Show::kBytes},
};
constexpr Protocol kRadius{.name = "radius", .fields = kFields};
constexpr Field kType{.name = "radius.avp.type"};
constexpr Field kLength{.name = "radius.avp.length"};
constexpr Field kValue{.name = "radius.avp.value", .show = Show::kBytes};

constexpr std::size_t kHeader = 20;
constexpr std::size_t kAttributeHeader = 2;

constexpr Named kCodes[] = {
    {1, "Access-Request"},
    {2, "Access-Accept"},
    {3, "Access-Reject"},
    {4, "Accounting-Request"},
    {5, "Accounting-Response"},
    {11, "Access-Challenge"},
    {12, "Status-Server"},
    {13, "Status-Client"},
    {40, "Disconnect-Request"},
    {41, "Disconnect-ACK"},
    {42, "Disconnect-NAK"},
    {43, "CoA-Request"},
    {44, "CoA-ACK"},
    {45, "CoA-NAK"},
    {255, "Reserved"},
};

// Returns its length; 0 when nothing can follow.
std::size_t print_attribute(Line& line, const View& left) {
  if (left.length() < kAttributeHeader || !left.has(0, kAttributeHeader)) {
    line.put_cut();
    return 0;
  }
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  const Attribute attribute = attribute_of(type);
  line.print("\n\t  {} Attribute ({}), length: {}", attribute.name, type, length);
  if (length < kAttributeHeader) line.put(" (bogus, must be >= 2)");
  if (length < kAttributeHeader) return 0;
  if (length > left.length()) line.put(" (bogus, goes past end of packet)");
  if (length > left.length()) return 0;
  line.field(kType, left, 0, 1);
  line.field(kLength, left, 1, 1);
  const View value = left.from(kAttributeHeader).claiming(length - kAttributeHeader);
  line.field(kValue, value, 0, value.length());
  line.put(", Value: ");
  if (value.length() != 0 && attribute.print != nullptr) attribute.print(line, value);
  if (line.verbose(2)) put_unknown(line, value, 0, value.length(), "\n\t    ");
  return length;
}

void print_attributes(Line& line, const View& list) {
  View left = list;
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = print_attribute(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

}  // namespace
}  // namespace packets

void print(Line& line, const View& view) {
  using namespace packets;
  line.begin_layer(kRadius, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  const std::size_t claimed = view.u16(2);
  if (claimed < kHeader) return line.put_cut();
  const std::size_t length = std::min(claimed, view.length());
  const std::uint8_t code = view.u8(0);
  const std::string_view name = name_of(kCodes, code, "Unknown Command");
  if (!line.verbose()) {
    return line.print("RADIUS, {} ({}), id: 0x{:02x} length: {}", name, code, view.u8(1), length);
  }
  line.print("RADIUS, length: {}\n\t{} ({}), id: 0x{:02x}, Authenticator: ", length, name, code,
             view.u8(1));
  line.text().hex(view.bytes(4, 16));
  if (length > kHeader) print_attributes(line, view.claiming(length).from(kHeader));
}

}  // namespace weir::packet::radius
