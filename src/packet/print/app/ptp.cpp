// Precision Time Protocol, version 2 (IEEE 1588-2008).
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
    {.name = "ptp.v2.correction.ns", .offset = 8, .size = 6},
    {.name = "ptp.v2.clockidentity", .offset = 20, .size = 8, .show = Show::kHex},
    {.name = "ptp.v2.sourceportid", .offset = 28, .size = 2},
    {.name = "ptp.v2.sequenceid", .offset = 30, .size = 2},
};
constexpr Protocol kPtp{.name = "ptp", .fields = kFields};

constexpr std::size_t kHeader = 34;

constexpr Named kControls[] = {
    {0, "Sync"},       {1, "Delay_Req"},  {2, "Follow_Up"},
    {3, "Delay_Resp"}, {4, "Management"}, {5, "Other"},
};

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

std::uint64_t u48(const View& view, std::size_t at) {
  return std::uint64_t{view.u16(at)} << 32 | view.u32(at + 2);
}

// Bodies, behind the header. Each field is read, and shown, by itself.

void print_time(Line& line, const View& body, std::string_view title, std::string_view comma) {
  line.print(", {} :", title);
  line.print(" {} seconds{}", u48(body, 0), comma);
  line.print(" {} nanoseconds", body.u32(6));
}

void print_port(Line& line, const View& body, std::size_t at) {
  line.print(", port identity : 0x{:x}", body.u64(at));
  line.print(", port id : {}", body.u16(at + 8));
}

constexpr std::string_view kPreciseOrigin = "preciseOriginTimeStamp";
constexpr std::string_view kOrigin = "originTimeStamp";
constexpr std::string_view kReceive = "receiveTimeStamp";

void print_origin(Line& line, const View& body) { print_time(line, body, kOrigin, ","); }

void print_precise_origin(Line& line, const View& body) {
  print_time(line, body, kPreciseOrigin, ",");
}

void print_precise_origin_and_port(Line& line, const View& body) {
  print_precise_origin(line, body);
  print_port(line, body, 10);
}

void print_receive_and_port(Line& line, const View& body) {
  print_time(line, body, kReceive, ",");
  print_port(line, body, 10);
}

void print_announcement(Line& line, const View& body) {
  print_time(line, body, kOrigin, "");
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

void print_signal(Line& line, const View& body) { print_port(line, body, 0); }

// tcpdump takes all that follows the port from where the port began.
void print_management(Line& line, const View& body) {
  print_port(line, body, 0);
  const std::uint8_t first = body.u8(0);
  line.print(", , start boundary hops  {}, , boundary hops  {}", first, first);
  line.print(", , flags  0x{:x}, , reserved  0x{:x}", first, first);
}

struct Message {
  std::uint8_t type;
  std::string_view name;
  Printer print;
};
constexpr Message kMessages[] = {
    {0x0, "sync msg", print_origin},
    {0x1, "delay req msg", print_origin},
    {0x2, "peer delay req msg", print_precise_origin_and_port},
    {0x3, "peer delay resp msg", print_receive_and_port},
    {0x8, "follow up msg", print_precise_origin},
    {0x9, "delay resp msg", print_receive_and_port},
    {0xa, "pdelay resp fup msg", print_precise_origin_and_port},
    {0xb, "announce msg", print_announcement},
    {0xc, "signalling msg", print_signal},
    {0xd, "management msg", print_management},
};

void print_header(Line& line, const View& view) {
  line.print(", length : {}", view.u16(2));
  line.print(", domain : {}, reserved1 : {}", view.u8(4), view.u8(5));
  line.print(", Flags [{}]", bit_names(kFlags, view.u16(6), ", ", "none"));
  line.print(", NS correction : {}", u48(view, 8));
  line.print(", sub NS correction : {}", view.u16(14));
  line.print(", reserved2 : {}", view.u32(16));
  line.print(", clock identity : 0x{:x}", view.u64(20));
  line.print(", port id : {}", view.u16(28));
  line.print(", seq id : {}", view.u16(30));
  const std::uint8_t control = view.u8(32);
  line.print(", control : {} ({})", control, name_of(kControls, control, "Reserved"));
  line.print(", log message interval : {}", view.u8(33));
}

void print_version2(Line& line, const View& view) {
  const std::uint8_t first = view.u8(0);
  const auto found = std::ranges::find(kMessages, first & 0x0f, &Message::type);
  const bool known = found != std::ranges::end(kMessages);
  line.print(", v1 compat : {}, msg type : {}", (first & 0x10) != 0 ? "yes" : "no",
             known ? found->name : "Reserved");
  print_header(line, view);
  if (known) found->print(line, view.from(kHeader));
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kPtp, view);
  if (view.length() < kHeader) {
    line.print(" [length {} < {}]", view.length(), kHeader);
    return line.put_invalid();
  }
  const std::uint8_t version = view.u8(1);
  line.print("PTPv{}", version);
  if (version == 1) line.put(" (not implemented)");  // tcpdump's own words for PTPv1
  if (version == 2) print_version2(line, view);
}

}  // namespace weir::packet::ptp
