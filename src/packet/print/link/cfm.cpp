// Connectivity fault management (IEEE 802.1Q clause 20): what a message is, and of which level.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::cfm {
namespace {

constexpr Field kFields[] = {
    {.name = "cfm.md.level", .offset = 0, .size = 1, .mask = 0xe0},
    {.name = "cfm.version", .offset = 0, .size = 1, .mask = 0x1f},
    {.name = "cfm.opcode", .offset = 1, .size = 1},
    {.name = "cfm.flags", .offset = 2, .size = 1, .show = Show::kHex},
    {.name = "cfm.first.tlv.offset", .offset = 3, .size = 1},
};
constexpr Protocol kCfm{.name = "cfm", .fields = kFields};

constexpr std::size_t kHeader = 4;
constexpr Named kOpcodes[] = {
    {1, "Continuity Check Message"}, {2, "Loopback Reply"},    {3, "Loopback Message"},
    {4, "Linktrace Reply"},          {5, "Linktrace Message"},
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kCfm, view);
  if (view.length() < kHeader) return line.put("\n\t\t packet is too short");
  if (!view.has(0, kHeader)) return line.put_cut();
  const int version = view.u8(0) & 0x1f;
  if (version != 0) return line.print("CFMv{} not supported, length {}", version, view.length());
  line.print("CFMv{} {}, MD Level {}, length {}", version,
             named(kOpcodes, view.u8(1), "unknown ({})"), view.u8(0) >> 5, view.length());
  if (!line.verbose()) return;
  const std::size_t offset = view.u8(3);
  line.print("\n\tFirst TLV offset {}", offset);
  if (offset > view.length() - kHeader)
    line.print(" (too large, must be <= {})", view.length() - kHeader);
}

}  // namespace weir::packet::cfm
