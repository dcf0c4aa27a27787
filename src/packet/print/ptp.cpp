// PTP version 2 (IEEE 1588).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::ptp {
namespace {

constexpr Field kFields[] = {
    {.name = "ptp.v2.messagetype", .offset = 0, .size = 1, .mask = 0x0f},
    {.name = "ptp.v2.versionptp", .offset = 1, .size = 1, .mask = 0x0f},
    {.name = "ptp.v2.messagelength", .offset = 2, .size = 2},
    {.name = "ptp.v2.domainnumber", .offset = 4, .size = 1},
    {.name = "ptp.v2.flags", .offset = 6, .size = 2, .show = Show::kHex},
    {.name = "ptp.v2.clockidentity", .offset = 20, .size = 8, .show = Show::kHex},
    {.name = "ptp.v2.sourceportid", .offset = 28, .size = 2},
    {.name = "ptp.v2.sequenceid", .offset = 30, .size = 2},
};
constexpr Protocol kPtp{.name = "ptp", .fields = kFields};

constexpr std::size_t kHeader = 34;

constexpr Named kFlags[] = {
    {0x0001, "l1 61"},
    {0x0002, "l1 59"},
    {0x0004, "utc reasonable"},
    {0x0008, "timescale"},
    {0x0010, "time tracable"},
    {0x0020, "frequency tracable"},
    {0x0100, "alternate master"},
    {0x0200, "two step"},
    {0x0400, "unicast"},
    {0x1000, "profile specific 1"},
    {0x2000, "profile specific 2"},
    {0x4000, "security mask"},
    {0x18c0, "unknown"},
};
constexpr std::string_view kControls[] = {"Sync",       "Delay_Req",  "Follow_Up",
                                          "Delay_Resp", "Management", "Other"};

std::uint64_t u48(const View& view, std::size_t at) {
  return view.need(at, 6) ? std::uint64_t{view.u16(at)} << 32 | view.u32(at + 2) : 0;
}

// Each of these prints what stands behind the header.
using BodyPrinter = void (*)(Line&, const View& body, std::string_view name);

void print_seconds(Line& line, const View& body, std::string_view name, std::string_view after) {
  line.print(", {} :", name);
  line.print(" {} seconds{}", u48(body, 0), after);
  line.print(" {} nanoseconds", body.u32(6));
}

void print_time(Line& line, const View& body, std::string_view name) {
  print_seconds(line, body, name, ",");
}

void print_port(Line& line, const View& body, std::string_view) {
  line.print(", port identity : 0x{:x}", body.u64(0));
  line.print(", port id : {}", body.u16(8));
}

void print_time_and_port(Line& line, const View& body, std::string_view name) {
  print_time(line, body, name);
  print_port(line, body.from(10), name);
}

void print_announce(Line& line, const View& body, std::string_view name) {
  print_seconds(line, body, name, "");
  line.print(", origin cur utc :{}", body.u16(10));
  line.print(", rsvd : {}", body.u8(12));
  line.print(", gm priority_1 : {}", body.u8(13));
  line.print(", gm clock class : {}", body.u8(14));
  line.print(", gm clock accuracy : {}", body.u8(15));
  line.print(", gm clock variance : {}", body.u16(16));
  line.print(", gm priority_2 : {}", body.u8(18));
  line.print(", gm clock id : 0x{:x}", body.u64(19));
  line.print(", steps removed : {}", body.u16(27));
  line.print(", time source : 0x{:x}", body.u8(29));
}

// tcpdump reads all four numbers from the body's first byte.
void print_management(Line& line, const View& body, std::string_view name) {
  print_port(line, body, name);
  const unsigned value = body.u8(0);
  line.print(
      ", , start boundary hops  {}, , boundary hops  {}, , flags  0x{:x}, , reserved  0x{:x}",
      value, value, value, value);
}

struct MessageType {
  std::uint8_t type;
  std::string_view name;
  BodyPrinter print;
  std::string_view time = {};
};
constexpr MessageType kTypes[] = {
    {0x0, "sync msg", print_time, "originTimeStamp"},
    {0x1, "delay req msg", print_time, "originTimeStamp"},
    {0x2, "peer delay req msg", print_time_and_port, "preciseOriginTimeStamp"},
    {0x3, "peer delay resp msg", print_time_and_port, "receiveTimeStamp"},
    {0x8, "follow up msg", print_time, "preciseOriginTimeStamp"},
    {0x9, "delay resp msg", print_time_and_port, "receiveTimeStamp"},
    {0xa, "pdelay resp fup msg", print_time_and_port, "preciseOriginTimeStamp"},
    {0xb, "announce msg", print_announce, "originTimeStamp"},
    {0xc, "signalling msg", print_port},
    {0xd, "management msg", print_management},
};

void print_version2(Line& line, const View& view) {
  const unsigned first = view.u8(0);
  const auto type = std::ranges::find(kTypes, first & 0x0f, &MessageType::type);
  const bool is_known = type != std::ranges::end(kTypes);
  line.print(", v1 compat : {}", (first & 0x10) != 0 ? "yes" : "no");
  line.print(", msg type : {}", is_known ? type->name : "Reserved");
  line.print(", length : {}", view.u16(2));
  line.print(", domain : {}", view.u16(4) >> 8);
  line.print(", reserved1 : {}", view.u8(5));
  line.print(", Flags [{}]", bit_names(kFlags, view.u16(6), ", ", "none"));
  line.print(", NS correction : {}", u48(view, 8));
  line.print(", sub NS correction : {}", view.u16(14));
  line.print(", reserved2 : {}", view.u32(16));
  line.print(", clock identity : 0x{:x}", view.u64(20));
  line.print(", port id : {}", view.u16(28));
  line.print(", seq id : {}", view.u16(30));
  const unsigned control = view.u8(32);
  line.print(", control : {} ({})", control,
             control < std::size(kControls) ? kControls[control] : "Reserved");
  line.print(", log message interval : {}", view.u16(32) & 0xff);
  if (is_known) type->print(line, view.from(kHeader), type->time);
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kPtp, view);
  if (view.length() < kHeader) return line.put_invalid();
  const unsigned version = view.u16(0) & 0xff;
  line.print("PTPv{}", version);
  if (version == 1) line.put(" (not implemented)");
  if (version == 2) print_version2(line, view);
}

}  // namespace weir::packet::ptp
