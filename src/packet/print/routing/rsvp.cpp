// Resource Reservation Protocol (RFC 2205): the heads of its messages.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::rsvp {
namespace {

constexpr Field kFields[] = {
    {.name = "rsvp.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "rsvp.flags", .offset = 0, .size = 1, .show = Show::kHex, .mask = 0x0f},
    {.name = "rsvp.msg", .offset = 1, .size = 1},
    {.name = "rsvp.checksum", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "rsvp.sending_ttl", .offset = 4, .size = 1},
    {.name = "rsvp.length", .offset = 6, .size = 2},
};
constexpr Protocol kRsvp{.name = "rsvp", .fields = kFields};

constexpr std::size_t kHeader = 8;

constexpr Named kTypes[] = {
    {1, "Path"},     {2, "Resv"},     {3, "PathErr"}, {4, "ResvErr"},          {5, "PathTear"},
    {6, "ResvTear"}, {7, "ResvConf"}, {12, "Bundle"}, {13, "Acknowledgement"}, {14, "Hello (Old)"},
    {15, "Refresh"}, {20, "Hello"},
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kRsvp, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  const std::uint8_t first = view.u8(0);
  const int version = first >> 4;
  if (version != 1) return line.print("ERROR: RSVP version {} packet not supported", version);
  const std::uint8_t type = view.u8(1);
  if (!line.verbose()) {
    return line.print("RSVPv1 {} Message, length: {}", named(kTypes, type, "unknown ({})"),
                      view.length());
  }
  line.print("\n\tRSVPv1 {} Message ({}), Flags: [{}], length: {}, ttl: {}, checksum: 0x{:04x}",
             named(kTypes, type, "unknown, type: {}"), type,
             (first & 1) != 0 ? "Refresh reduction capable" : "none", view.u16(6), view.u8(4),
             view.u16(2));
}

}  // namespace weir::packet::rsvp
