// OLSR (RFC 3626): the head of a packet.
#include <algorithm>

#include "packet/print/printers.h"

namespace weir::packet::olsr {
namespace {

constexpr Field kFields[] = {
    {.name = "olsr.packet_len", .offset = 0, .size = 2},
    {.name = "olsr.packet_seq_num", .offset = 2, .size = 2},
};
constexpr Protocol kOlsr{.name = "olsr", .fields = kFields};

constexpr std::size_t kHeader = 4;

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kOlsr, view);
  line.print("OLSRv{}", ip.version);
  if (view.length() < kHeader || !view.has(0, kHeader)) return line.put_cut();
  line.print(", seq 0x{:04x}, length {}", view.u16(2),
             std::min<std::size_t>(view.length(), view.u16(0)));
}

}  // namespace weir::packet::olsr
