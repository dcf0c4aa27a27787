// Small protocols that carry frames over UDP: OTV, and VXLAN-GPE.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::overlays {
namespace {

constexpr Field kOtvFields[] = {
    {.name = "otv.overlay_id", .offset = 1, .size = 3},
    {.name = "otv.instance_id", .offset = 4, .size = 3},
};
constexpr Protocol kOtv{.name = "otv", .fields = kOtvFields};

constexpr Field kGpeFields[] = {
    {.name = "vxlan_gpe.flags", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "vxlan_gpe.next_proto", .offset = 3, .size = 1},
    {.name = "vxlan_gpe.vni", .offset = 4, .size = 3},
};
constexpr Protocol kGpe{.name = "vxlan_gpe", .fields = kGpeFields};

constexpr std::size_t kHeader = 8;

void print_frame(Line& line, const View& frame) {
  if (!line.enter()) return;
  ethernet::print(line, frame);
  line.leave();
}

// False when nobody prints that.
bool print_next(Line& line, const View& payload, unsigned protocol) {
  constexpr unsigned kIp4 = 1, kIp6 = 2, kEthernet = 3;
  if (protocol == kIp4) ip4::print(line, payload);
  if (protocol == kIp6) ip6::print(line, payload);
  if (protocol == kEthernet) print_frame(line, payload);
  return protocol >= kIp4 && protocol <= kEthernet;
}

}  // namespace

void print_otv(Line& line, const View& view) {
  line.begin_layer(kOtv, view);
  line.put("OTV, ");
  if (view.length() < kHeader) {
    line.print("[length {} < {}]", view.length(), kHeader);
    line.put_invalid();
    view.need(0, view.length());
    return;
  }
  const unsigned flags = view.u8(0);
  line.print("flags [{}] (0x{:02x}), ", (flags & 8) != 0 ? "I" : ".", flags);
  line.print("overlay {}, ", view.u24(1));
  line.print("instance {}\n", view.u24(4));
  if (!view.need(7, 1)) return;
  print_frame(line, view.from(kHeader));
}

void print_vxlan_gpe(Line& line, const View& view) {
  constexpr Named kFlags[] = {{0x08, "I"}, {0x04, "P"}, {0x02, "B"}, {0x01, "O"}};
  line.begin_layer(kGpe, view);
  line.put("VXLAN-GPE, ");
  if (view.length() < kHeader) {
    line.print(" (len {} < {})", view.length(), kHeader);
    return line.put_invalid();
  }
  const unsigned flags = view.u8(0);
  line.print("flags [{}], ", bit_names(kFlags, flags, "", "none"));
  const unsigned protocol = view.u8(3);
  const std::uint32_t network = view.u24(4);
  if (!view.need(7, 1)) return;
  line.print("vni {}{}", network, line.verbose() ? "\n    " : ": ");
  if (print_next(line, view.from(kHeader), protocol)) return;
  line.put("ERROR: unknown-next-protocol");
  line.put_invalid();
}

}  // namespace weir::packet::overlays
