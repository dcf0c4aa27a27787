// NTP (RFC 5905), and its control messages (RFC 9327) in short.
#include <ctime>

#include "packet/print/named.h"
#include "packet/print/partial_text.h"
#include "packet/print/printers.h"

namespace weir::packet::ntp {
namespace {

constexpr Field kFields[] = {
    {.name = "ntp.flags.li", .offset = 0, .size = 1, .mask = 0xc0},
    {.name = "ntp.flags.vn", .offset = 0, .size = 1, .mask = 0x38},
    {.name = "ntp.flags.mode", .offset = 0, .size = 1, .mask = 0x07},
};
constexpr Protocol kNtp{.name = "ntp", .fields = kFields};
constexpr Field kStratum{.name = "ntp.stratum"};
constexpr Field kReferenceId{.name = "ntp.refid", .show = Show::kBytes};
constexpr Field kTransmit{.name = "ntp.xmt", .show = Show::kBytes};

constexpr std::size_t kHeader = 48;
constexpr std::size_t kControlHeader = 12;
constexpr unsigned kControl = 6, kReserved = 7;
constexpr double kFraction = 4294967296.0;

constexpr Named kModes[] = {
    {0, "unspecified"},
    {1, "symmetric active"},
    {2, "symmetric passive"},
    {3, "Client"},
    {4, "Server"},
    {5, "Broadcast"},
    {kControl, "Control Message"},
    {kReserved, "Reserved"},
};
constexpr Named kLeaps[] = {
    {0x00, ""},
    {0x40, "+1s"},
    {0x80, "-1s"},
    {0xc0, "clock unsynchronized"},
};

constexpr unsigned kPrimary = 1, kInfoQuery = 62, kInfoReply = 63;

std::string_view stratum_text(unsigned stratum) {
  if (stratum == 0) return "unspecified";
  if (stratum == kPrimary) return "primary reference";
  return stratum <= 15 ? "secondary reference" : "reserved";
}

int signed_byte(unsigned value) {
  return value < 128 ? static_cast<int>(value) : static_cast<int>(value) - 256;
}

// A power of two, in seconds.
void print_poll(Line& line, int poll) {
  line.print(", poll {}", poll);
  if (poll <= -32 || poll >= 32) return;
  if (poll >= 0) {
    line.print(" ({}s)", 1u << poll);
  } else {
    line.print(" (1/{}s)", 1u << -poll);
  }
}

// 16 bits before the point, and 16 behind it.
void print_short(Line& line, const View& view, std::size_t at, std::string_view name) {
  const unsigned fraction = view.u16(at + 2);
  line.print("{}{}.{:06}", name, view.u16(at), static_cast<int>(fraction / 65536.0 * 1000000.0));
}

std::uint32_t nanoseconds(std::uint32_t fraction) {
  return static_cast<std::uint32_t>(fraction / kFraction * 1000000000.0);
}

void print_time(Line& line, const View& view, std::size_t at) {
  constexpr std::int64_t kUnixEpoch = 2208988800;  // in seconds since 1900
  const std::uint32_t seconds = view.u32(at);
  line.print("{}.{:09}", seconds, nanoseconds(view.u32(at + 4)));
  if (seconds == 0) return;
  const std::time_t time = seconds - kUnixEpoch;
  std::tm utc{};
  gmtime_r(&time, &utc);
  line.print(" ({:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z)", utc.tm_year + 1900, utc.tm_mon + 1,
             utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

void print_difference(Line& line, const View& view, std::size_t from, std::size_t to) {
  const std::uint64_t begin = view.u64(from);
  const std::uint64_t end = view.u64(to);
  if (begin == 0) return print_time(line, view, to);
  const std::uint64_t span = end > begin ? end - begin : begin - end;
  line.print("{}{}.{:09}", end > begin ? '+' : '-', span >> 32,
             nanoseconds(static_cast<std::uint32_t>(span)));
}

// False when nothing follows.
bool print_reference(Line& line, const View& view, unsigned stratum) {
  constexpr std::size_t kAt = 12;
  line.field(kReferenceId, view, kAt, 4);
  line.put(", Reference-ID: ");
  if (stratum == 0) {
    line.put("(unspec)");
  } else if (stratum == kPrimary) {
    line.escaped(view.bytes(kAt, 4));
  } else if (stratum == kInfoQuery || stratum == kInfoReply) {
    line.print("{} {}", line.host4_text(view.u32(kAt)),
               stratum == kInfoQuery ? "INFO_QUERY" : "INFO_REPLY");
    return false;
  } else {
    line.print("0x{:08x}", view.u32(kAt));
  }
  return true;
}

// False when one of them is cut short.
bool print_times(Line& line, const View& view) {
  constexpr std::string_view kNames[] = {
      "\n\t  Reference Timestamp:  ",
      "\n\t  Originator Timestamp: ",
      "\n\t  Receive Timestamp:    ",
      "\n\t  Transmit Timestamp:   ",
  };
  std::size_t at = 16;
  for (const std::string_view name : kNames) {
    if (!view.has(at, 8)) return false;
    line.put(name);
    print_time(line, view, at);
    at += 8;
  }
  line.field(kTransmit, view, 40, 8);
  line.put("\n\t    Originator - Receive Timestamp:  ");
  print_difference(line, view, 24, 32);
  line.put("\n\t    Originator - Transmit Timestamp: ");
  print_difference(line, view, 24, 40);
  return true;
}

// A key's number, and a digest made with it.
void print_authentication(Line& line, const View& rest) {
  const std::size_t size = rest.length();
  if (size == 0) return;
  if (size != 4 && size != 20 && size != 24)
    return line.print("\n\t({} more bytes after the header)", size);
  line.print("\n\tKey id: {}", rest.u32(0));
  if (size == 4) return;
  if (!rest.has(4, size - 4)) return line.put_cut();
  line.put("\n\tAuthentication: ");
  line.text().hex(rest.bytes(4, size - 4));
}

void print_invalid(Line& line, const View& view) {
  line.put_invalid();
  if (!view.has(0, view.length())) line.put_cut();
}

void print_time_message(Line& line, const View& view) {
  if (view.length() < kHeader) return print_invalid(line, view);
  const unsigned stratum = view.u8(1);
  line.field(kStratum, view, 1, 1);
  line.print(", Stratum {} ({})", stratum, stratum_text(stratum));
  print_poll(line, signed_byte(view.u8(2)));
  line.print(", precision {}", signed_byte(view.u8(3)));
  if (!view.has(4, 4)) return line.put_cut();
  print_short(line, view, 4, "\n\tRoot Delay: ");
  if (!view.has(8, 4)) return line.put_cut();
  print_short(line, view, 8, ", Root dispersion: ");
  if (!view.has(12, 4)) return line.put_cut();
  if (!print_reference(line, view, stratum)) return;
  if (!print_times(line, view)) return line.put_cut();
  print_authentication(line, view.from(kHeader));
}

void print_control(Line& line, const View& view) {
  if (view.length() < kControlHeader) return print_invalid(line, view);
  const unsigned control = view.u8(1);
  line.print(", {}, {}, {}, OpCode={}\n", (control & 0x80) != 0 ? "Response" : "Request",
             (control & 0x40) != 0 ? "Error" : "OK", (control & 0x20) != 0 ? "More" : "Last",
             control & 0x1f);
  line.print("\tSequence={}", view.u16(2));
  const unsigned status = view.u16(4);
  line.print(", Status={}{:x}", status == 0 ? "" : "0x", status);
  line.print(", Assoc.={}", view.u16(6));
  line.print(", Offset={}", view.u16(8));
  const std::size_t count = view.u16(10);
  line.print(", Count={}", count);
  if (kControlHeader + count > view.length()) return print_invalid(line, view);
  if (count == 0) return;
  if (!view.has(kControlHeader, count)) return line.put_cut();
  line.put("\n\tTO-BE-DONE: data not interpreted");
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kNtp, view);
  const unsigned flags = view.u8(0);
  const unsigned mode = flags & 7;
  line.print("NTPv{}, {}, length {}", flags >> 3 & 7, name_of(kModes, mode), view.length());
  if (!line.verbose() || line.cut()) return;
  line.print("\n\tLeap indicator: {} ({})", name_of(kLeaps, flags & 0xc0), flags & 0xc0);
  if (mode == kControl) return print_control(line, view);
  if (mode != kReserved) print_time_message(line, view);
}

}  // namespace weir::packet::ntp
