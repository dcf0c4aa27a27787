// Ethernet within UDP: VXLAN (RFC 7348), its generic extension (draft-ietf-nvo3-vxlan-gpe), and
// OTV (draft-hasmit-otv).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::vxlan {
namespace {

constexpr Field kFields[] = {
    {.name = "vxlan.flags", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "vxlan.vni", .offset = 4, .size = 4, .mask = 0xffffff00},
};
constexpr Protocol kVxlan{.name = "vxlan", .fields = kFields};

constexpr Field kGpeFields[] = {
    {.name = "vxlan.flags", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "vxlan.next_proto", .offset = 3, .size = 1},
    {.name = "vxlan.vni", .offset = 4, .size = 4, .mask = 0xffffff00},
};
constexpr Protocol kGpe{.name = "vxlan_gpe", .fields = kGpeFields};

constexpr Field kOtvFields[] = {
    {.name = "otv.flags", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "otv.overlay", .offset = 0, .size = 4, .mask = 0x00ffffff},
    {.name = "otv.instance", .offset = 4, .size = 4, .mask = 0xffffff00},
};
constexpr Protocol kOtv{.name = "otv", .fields = kOtvFields};

constexpr std::size_t kHeader = 8;
constexpr std::uint8_t kHasInstance = 0x08;
constexpr Named kGpeFlags[] = {{0x08, "I"}, {0x04, "P"}, {0x02, "B"}, {0x01, "O"}};

void print_ethernet(Line& line, const View& frame) { ethernet::print(line, frame); }

// The last byte of the header says nothing, and has to be there.
bool has_header(const View& view) { return view.need(kHeader - 1, 1); }

struct NextProtocol {
  std::uint8_t number;
  Printer print;
};
constexpr NextProtocol kNextProtocols[] = {
    {1, ip4::print},
    {2, ip6::print},
    {3, print_ethernet},
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kVxlan, view);
  line.put("VXLAN");
  if (view.length() < kHeader) return line.put_invalid();
  const std::uint8_t flags = view.u8(0);
  line.print(", flags [{}] (0x{:02x}), ", (flags & kHasInstance) != 0 ? "I" : "invalid", flags);
  line.print("vni {}\n", view.u24(4));
  if (has_header(view)) print_ethernet(line, view.from(kHeader));
}

void print_otv(Line& line, const View& view) {
  line.begin_layer(kOtv, view);
  line.put("OTV, ");
  if (view.length() < kHeader) {
    line.print("[length {} < {}]", view.length(), kHeader);
    line.put_invalid();
    view.need(0, view.length());
    return;
  }
  const std::uint8_t flags = view.u8(0);
  line.print("flags [{}] (0x{:02x}), ", (flags & kHasInstance) != 0 ? "I" : ".", flags);
  line.print("overlay {}, ", view.u24(1));
  line.print("instance {}\n", view.u24(4));
  if (has_header(view)) print_ethernet(line, view.from(kHeader));
}

void print_gpe(Line& line, const View& view) {
  line.begin_layer(kGpe, view);
  line.put("VXLAN-GPE, ");
  if (view.length() < kHeader) {
    line.print(" (len {} < {})", view.length(), kHeader);
    return line.put_invalid();
  }
  line.print("flags [{}], ", bit_names(kGpeFlags, view.u8(0), "", "none"));
  const std::uint8_t next = view.u8(3);
  const std::uint32_t instance = view.u24(4);
  if (!has_header(view)) return;
  line.print("vni {}{}", instance, line.verbose() ? "\n    " : ": ");
  const auto found = std::ranges::find(kNextProtocols, next, &NextProtocol::number);
  if (found != std::ranges::end(kNextProtocols)) return found->print(line, view.from(kHeader));
  line.put("ERROR: unknown-next-protocol");
  line.put_invalid();
}

}  // namespace weir::packet::vxlan
