// Interior Gateway Routing Protocol of Cisco.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::igrp {
namespace {

constexpr Field kFields[] = {
    {.name = "igrp.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "igrp.command", .offset = 0, .size = 1, .mask = 0x0f},
    {.name = "igrp.update", .offset = 1, .size = 1},
    {.name = "igrp.as", .offset = 2, .size = 2},
    {.name = "igrp.interior_routes", .offset = 4, .size = 2},
    {.name = "igrp.system_routes", .offset = 6, .size = 2},
    {.name = "igrp.exterior_routes", .offset = 8, .size = 2},
    {.name = "igrp.checksum", .offset = 10, .size = 2, .show = Show::kHex},
};
constexpr Protocol kIgrp{.name = "igrp", .fields = kFields};

constexpr std::size_t kHeader = 12;
constexpr std::size_t kRoute = 14;

void print_metrics(Line& line, const View& route) {
  const std::uint32_t delay = route.u24(3);
  const std::uint32_t bandwidth = route.u24(6);
  line.print(" d={} b={} r={} l={} M={} mtu={} in {} hops", 10 * delay,
             bandwidth == 0 ? 0 : 10000000 / bandwidth, route.u8(11), route.u8(12),
             std::min<std::uint32_t>(bandwidth + delay, 0xffffff), route.u16(9), route.u8(13));
}

// How many routes of each kind are still to come.
struct Counts {
  unsigned interior, system, exterior;
};

// False when there are none.
bool print_route(Line& line, const View& route, Counts& left) {
  const unsigned a = route.u8(0), b = route.u8(1), c = route.u8(2);
  if (left.interior != 0) {
    --left.interior;
    line.print(" *.{}.{}.{}", a, b, c);
  } else if (left.system != 0) {
    --left.system;
    line.print(" {}.{}.{}.0", a, b, c);
  } else if (left.exterior != 0) {
    --left.exterior;
    line.print(" X{}.{}.{}.0", a, b, c);
  } else {
    line.print(" [extra bytes {}]", route.length());
    return false;
  }
  print_metrics(line, route);
  return true;
}

}  // namespace

void print(Line& line, const View& view) {
  static constexpr Named kOperations[] = {{1, "update"}, {2, "request"}};
  line.begin_layer(kIgrp, view);
  line.put("igrp:");
  Counts counts{.interior = view.u16(4), .system = view.u16(6), .exterior = view.u16(8)};
  const std::uint8_t first = view.u8(0);
  line.print(" {} V{} edit={} AS={} ({}/{}/{})", named(kOperations, first & 0x0fu, "op-#{}"),
             first >> 4, view.u8(1), view.u16(2), counts.interior, counts.system, counts.exterior);
  const std::uint16_t checksum = view.u16(10);
  if (line.verbose()) line.print(" checksum=0x{:04x}", checksum);
  View left = view.from(kHeader);
  while (left.length() >= kRoute && !line.cut() && print_route(line, left, counts))
    left = left.from(kRoute);
  if (counts.interior != 0 || counts.system != 0 || counts.exterior != 0 || left.length() != 0)
    line.put_invalid();
}

}  // namespace weir::packet::igrp
