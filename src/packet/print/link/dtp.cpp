// Cisco's Dynamic Trunking Protocol.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::dtp {
namespace {

constexpr Field kFields[] = {
    {.name = "dtp.version", .offset = 0, .size = 1},
};
constexpr Protocol kDtp{.name = "dtp", .fields = kFields};
constexpr Field kDomain{.name = "dtp.domain", .show = Show::kText};
constexpr Field kNeighbor{.name = "dtp.neighbor", .show = Show::kMac};

constexpr std::size_t kTlvHeader = 4;

// Prints what is behind a TLV's header; false when its length is wrong.
using TlvPrinter = bool (*)(Line&, const View& data);

bool print_domain(Line& line, const View& data) {
  line.field(kDomain, data, 0, data.length());
  line.put(", ");
  line.zero_padded(data, 0, data.length());
  return true;
}

bool print_number(Line& line, const View& data) {
  if (data.length() != 1) return false;
  line.print(", 0x{:x}", data.u8(0));
  return true;
}

bool print_neighbor(Line& line, const View& data) {
  constexpr std::size_t kMac = 6;
  if (data.length() != kMac) return false;
  const auto address = data.bytes(0, kMac);
  line.field(kNeighbor, data, 0, kMac);
  line.put(", ");
  line.station(address);
  return true;
}

struct Tlv {
  std::uint16_t type;
  std::string_view name;
  TlvPrinter print;
};
constexpr Tlv kTlvs[] = {
    {1, "Domain", print_domain},
    {2, "Status", print_number},
    {3, "DTP type", print_number},
    {4, "Neighbor", print_neighbor},
};

void put_broken(Line& line, const View& rest) {
  line.put_invalid();
  rest.need(0, rest.length());
}

// The size of the first one; 0 when the list ends there or is broken.
std::size_t print_tlv(Line& line, const View& rest) {
  if (rest.length() < kTlvHeader) {
    line.print("[{} bytes remaining]", rest.length());
    put_broken(line, rest);
    return 0;
  }
  const std::uint16_t type = rest.u16(0);
  const std::size_t size = rest.u16(2);
  if (line.cut() || type == 0) return 0;
  const auto tlv = std::ranges::find(kTlvs, type, &Tlv::type);
  const bool is_known = tlv != std::ranges::end(kTlvs);
  line.print("\n\t{} (0x{:04x}) TLV, length {}", is_known ? tlv->name : "Unknown", type, size);
  const bool is_too_long = size < kTlvHeader || size > rest.length();
  if (is_too_long) line.print("[invalid TLV length {}]", size);
  const View data = is_too_long ? rest : rest.claiming(size).from(kTlvHeader);
  if (is_too_long || (is_known && !tlv->print(line, data))) {
    put_broken(line, rest);
    return 0;
  }
  return rest.need(0, size) ? size : 0;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kDtp, view);
  if (view.length() < 1) {
    line.put("[zero packet length]");
    return line.put_invalid();
  }
  line.print("DTPv{}, length {}", view.u8(0), view.length());
  if (!line.verbose()) return;
  for (View rest = view.from(1); rest.length() != 0;) {
    const std::size_t size = print_tlv(line, rest);
    if (size == 0) return;
    rest = rest.from(size);
  }
}

}  // namespace weir::packet::dtp
