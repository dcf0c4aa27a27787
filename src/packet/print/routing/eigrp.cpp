// Enhanced Interior Gateway Routing Protocol (RFC 7868): the heads of its packets.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::eigrp {
namespace {

constexpr Field kFields[] = {
    {.name = "eigrp.version", .offset = 0, .size = 1},
    {.name = "eigrp.opcode", .offset = 1, .size = 1},
    {.name = "eigrp.checksum", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "eigrp.flags", .offset = 4, .size = 4, .show = Show::kHex},
    {.name = "eigrp.seq", .offset = 8, .size = 4},
    {.name = "eigrp.ack", .offset = 12, .size = 4},
    {.name = "eigrp.vrid", .offset = 16, .size = 2},
    {.name = "eigrp.as", .offset = 18, .size = 2},
};
constexpr Protocol kEigrp{.name = "eigrp", .fields = kFields};

constexpr std::size_t kHeader = 20;

constexpr Named kOperations[] = {
    {1, "Update"}, {3, "Query"}, {4, "Reply"}, {5, "Hello"}, {6, "IPX SAP"}, {7, "Probe"},
};
constexpr Named kFlags[] = {
    {0x01, "Init"}, {0x02, "Conditionally Received"}, {0x04, "Restart"}, {0x08, "End-of-Table"}};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kEigrp, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  const std::uint8_t version = view.u8(0);
  if (version != 2) return line.print("EIGRP version {} packet not supported", version);
  const std::uint8_t operation = view.u8(1);
  if (!line.verbose() || view.length() < kHeader) {
    line.print("EIGRP {}, length: {}", named(kOperations, operation, "unknown ({})"),
               view.length());
    if (line.verbose()) line.print(" (too short, < {})", kHeader);
    return;
  }
  line.print(
      "\n\tEIGRP v{}, opcode: {} ({}), chksum: 0x{:04x}, Flags: [{}]\n\t"
      "seq: 0x{:08x}, ack: 0x{:08x}, VRID: {}, AS: {}, length: {}",
      version, named(kOperations, operation, "unknown, type: {}"), operation, view.u16(2),
      bit_names(kFlags, view.u32(4), ", ", "none"), view.u32(8), view.u32(12), view.u16(16),
      view.u16(18), view.length() - kHeader);
}

}  // namespace weir::packet::eigrp
