// Hot Standby Router Protocol (RFC 2281).
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::hsrp {
namespace {

constexpr Field kFields[] = {
    {.name = "hsrp.version", .offset = 0, .size = 1},
    {.name = "hsrp.opcode", .offset = 1, .size = 1},
    {.name = "hsrp.state", .offset = 2, .size = 1},
    {.name = "hsrp.hellotime", .offset = 3, .size = 1},
    {.name = "hsrp.holdtime", .offset = 4, .size = 1},
    {.name = "hsrp.priority", .offset = 5, .size = 1},
    {.name = "hsrp.group", .offset = 6, .size = 1},
    {.name = "hsrp.reserved", .offset = 7, .size = 1},
    {.name = "hsrp.auth_data", .offset = 8, .size = 8, .show = Show::kText},
    {.name = "hsrp.virt_ip", .offset = 16, .size = 4, .show = Show::kIp4},
};
constexpr Protocol kHsrp{.name = "hsrp", .fields = kFields};

constexpr Named kOperations[] = {{0, "hello"}, {1, "coup"}, {2, "resign"}};
constexpr Named kStates[] = {
    {0, "initial"}, {1, "learn"}, {2, "listen"}, {4, "speak"}, {8, "standby"}, {16, "active"},
};

void print_details(Line& line, const View& view) {
  line.put(" hellotime=");
  put_duration(line, view.u8(3));
  line.put(" holdtime=");
  put_duration(line, view.u8(4));
  line.print(" priority={}", view.u8(5));
  line.put(" auth=\"");
  line.zero_padded(view, 8, 8);
  line.put('"');
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kHsrp, view);
  const std::uint8_t version = view.u8(0);
  line.print("HSRPv{}", version);
  if (version != 0) return;
  line.put('-');
  line.print("{} ", named(kOperations, view.u8(1), "unknown ({})"));
  line.print("{}: ", view.length());
  line.print("state={} ", named(kStates, view.u8(2), "Unknown ({})"));
  line.print("group={} ", view.u8(6));
  if (const std::uint8_t reserved = view.u8(7); reserved != 0)
    line.print("[reserved={}!] ", reserved);
  const std::uint32_t address = view.u32(16);
  line.put("addr=");
  line.host4(address);
  if (line.verbose()) print_details(line, view);
}

}  // namespace weir::packet::hsrp
