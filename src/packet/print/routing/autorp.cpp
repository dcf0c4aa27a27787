// Cisco's Auto-RP, which tells rendezvous points of PIM.
#include "packet/print/printers.h"
#include "packet/print/time_text.h"

namespace weir::packet::autorp {
namespace {

constexpr Field kFields[] = {
    {.name = "auto_rp.type", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "auto_rp.rp_count", .offset = 1, .size = 1},
    {.name = "auto_rp.holdtime", .offset = 2, .size = 2},
};
constexpr Protocol kAutoRp{.name = "cisco_autorp", .fields = kFields};
constexpr Field kPoint{.name = "auto_rp.rp_addr", .show = Show::kIp4};

constexpr std::size_t kHeader = 8;
constexpr std::size_t kPointHeader = 6;
constexpr std::size_t kGroup = 6;

void print_type(Line& line, unsigned type) {
  constexpr unsigned kCandidate = 0x11, kMapping = 0x12;
  line.put(" auto-rp ");
  if (type == kCandidate) {
    line.put("candidate-advert");
  } else if (type == kMapping) {
    line.put("mapping");
  } else {
    line.print("type-0x{:02x}", type);
  }
}

void print_group(Line& line, const View& group, char separator) {
  const unsigned flags = group.u8(0);
  line.print("{}{}{}/{}", separator, (flags & 1) != 0 ? "!" : "", line.host4_text(group.u32(2)),
             group.u8(1));
  if ((flags & 2) != 0) line.put(" bidir");
  if ((flags & 0xfc) != 0) line.print("[rsvd=0x{:02x}]", flags & 0xfc);
}

// Takes a rendezvous point and its groups from `rest`; false when it is too short.
bool take_point(Line& line, View& rest) {
  constexpr std::string_view kVersions[] = {" PIMv?", " PIMv1", " PIMv2", " PIMv1+2"};
  if (rest.length() < 4) return false;
  line.field(kPoint, rest, 0, 4);
  line.print(" RP {}", line.host4_text(rest.u32(0)));
  if (rest.length() < 5) return false;
  const unsigned versions = rest.u8(4);
  line.put(kVersions[versions & 3]);
  if ((versions & 0xfc) != 0) line.print(" [rsvd=0x{:02x}]", versions & 0xfc);
  if (rest.length() < kPointHeader) return false;
  const unsigned count = rest.u8(5);
  rest = rest.from(kPointHeader);
  for (unsigned i = 0; i < count && !line.cut(); ++i, rest = rest.from(kGroup)) {
    if (rest.length() < kGroup) return false;
    print_group(line, rest, i == 0 ? ' ' : ',');
  }
  return true;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kAutoRp, view);
  if (view.length() < kHeader) return line.put_cut();
  print_type(line, view.u8(0));
  const unsigned count = view.u8(1);
  line.put(" Hold ");
  if (const std::uint32_t hold = view.u16(2); hold != 0) {
    put_duration(line.text(), hold);
  } else {
    line.put("FOREVER");
  }
  View rest = view.from(kHeader);
  for (unsigned i = 0; i < count && !line.cut(); ++i) {
    if (!take_point(line, rest)) return line.put_cut();
  }
}

}  // namespace weir::packet::autorp
