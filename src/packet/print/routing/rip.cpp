// RIP versions 1 and 2 (RFC 1058, 2453), and their authentication (RFC 4822).
#include <algorithm>
#include <bit>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::rip {
namespace {

constexpr Field kFields[] = {
    {.name = "rip.command", .offset = 0, .size = 1},
    {.name = "rip.version", .offset = 1, .size = 1},
};
constexpr Protocol kRip{.name = "rip", .fields = kFields};
constexpr Field kAddress{.name = "rip.ip", .show = Show::kIp4};
constexpr Field kMask{.name = "rip.netmask", .show = Show::kIp4};
constexpr Field kMetric{.name = "rip.metric"};

constexpr std::size_t kHeader = 4;
constexpr std::size_t kEntry = 20;
constexpr std::size_t kEntryHeader = 4;
constexpr std::uint16_t kInternet = 2, kAuthentication = 0xffff;

constexpr std::uint8_t kRequest = 1, kResponse = 2, kTraceOff = 4, kPollEntry = 6;
constexpr Named kCommands[] = {
    {kRequest, "Request"}, {kResponse, "Response"},    {3, "Trace on"}, {kTraceOff, "Trace off"},
    {5, "Poll"},           {kPollEntry, "Poll Entry"},
};
constexpr Named kFamilies[] = {
    {kInternet, "IPv4"}, {6, "NS"},    {7, "ISO"},   {16, "Appletalk"},
    {23, "IPX"},         {24, "IPv6"}, {28, "IPv6"}, {30, "IPv6"},
};

void put_unknown(Line& line, const View& view, std::string_view indent) {
  line.hex_lines(view.claiming(std::min(view.length(), view.captured())), indent);
}

void tell_entry(Line& line, const View& entry) {
  line.field(kAddress, entry, 4, 4);
  line.field(kMask, entry, 8, 4);
  line.field(kMetric, entry, 16, 4);
}

// Both print an entry, and return how many bytes it takes; 0 when it is cut short.
using EntryPrinter = std::size_t (*)(Line&, const View&);

std::size_t print_entry1(Line& line, const View& entry) {
  if (entry.length() < kEntry || !entry.has(0, kEntry)) return 0;
  const std::uint16_t family = entry.u16(0);
  if (family != kInternet && family != 0) {
    line.print("\n\t AFI {}, ", named(kFamilies, family, "Unknown ({})"));
    put_unknown(line, entry.from(kEntryHeader).claiming(kEntry - kEntryHeader), "\n\t  ");
  } else if (entry.u16(2) != 0 || entry.u32(8) != 0 || entry.u32(12) != 0) {
    put_unknown(line, entry.claiming(kEntry), "\n\t  ");
  } else {
    tell_entry(line, entry);
    line.print("\n\t  {}{}, metric: {}", family == 0 ? "AFI 0, " : "",
               line.host4_text(entry.u32(4)), entry.u32(16));
  }
  return kEntry;
}

int prefix_length(std::uint32_t mask) {
  const int ones = std::countl_one(mask);
  return std::popcount(mask) == ones ? ones : -1;
}

std::size_t print_cryptographic(Line& line, const View& data) {
  constexpr std::size_t kSize = 16;
  if (!data.has(0, kSize) || data.length() < kSize) return 0;
  line.print(
      "\n\t  Auth header: Packet Len {}, Key-ID {}, Auth Data Len {}, SeqNo {}, MBZ {}, MBZ {}",
      data.u16(0), data.u8(2), data.u8(3), data.u32(4), data.u32(8), data.u32(12));
  return kEntry;
}

// What is not known takes all that is left.
std::size_t print_authentication(Line& line, const View& entry) {
  constexpr unsigned kTrailer = 1, kPassword = 2, kCryptographic = 3;
  const unsigned type = entry.u16(2);
  const View data = entry.from(kEntryHeader);
  if (type == kCryptographic) return print_cryptographic(line, data);
  if (type == kPassword) {
    line.put("\n\t  Simple Text Authentication data: ");
    line.zero_padded(data, 0, kEntry - kEntryHeader);
    return kEntry;
  }
  if (type == kTrailer) {
    line.put("\n\t  Auth trailer:");
  } else {
    line.print("\n\t  Unknown ({}) Authentication data:", type);
  }
  put_unknown(line, data, "\n\t  ");
  return entry.length();
}

std::size_t print_entry2(Line& line, const View& entry) {
  if (entry.length() < kEntryHeader || !entry.has(0, kEntryHeader)) return 0;
  const std::uint16_t family = entry.u16(0);
  if (family == kAuthentication) return print_authentication(line, entry);
  if (family != kInternet && family != 0) {
    line.print("\n\t  AFI {}", named(kFamilies, family, "Unknown ({})"));
    put_unknown(line, entry.from(kEntryHeader).claiming(kEntry - kEntryHeader), "\n\t  ");
    return kEntry;
  }
  if (!entry.has(0, kEntry) || entry.length() < kEntry) return 0;
  tell_entry(line, entry);
  line.print("\n\t  AFI {}, {:>15}/{:<2}, tag 0x{:04x}, metric: {}, next-hop: ",
             named(kFamilies, family, "{}"), line.host4_text(entry.u32(4)),
             prefix_length(entry.u32(8)), entry.u16(2), entry.u32(16));
  if (const std::uint32_t router = entry.u32(12); router != 0) {
    line.host4(router);
  } else {
    line.put("self");
  }
  return kEntry;
}

void print_entries(Line& line, View rest, EntryPrinter print) {
  while (rest.length() != 0 && !line.cut()) {
    const std::size_t size = print(line, rest);
    if (size == 0) return line.put_cut();
    if (rest.length() < size) {
      line.print(" [remaining entries length {} < {}]", rest.length(), size);
      return line.put_invalid();
    }
    rest = rest.from(size);
  }
}

void print_routes(Line& line, const View& view, unsigned version) {
  const View entries = view.claiming(std::min(view.length(), view.captured())).from(kHeader);
  const std::size_t count = view.length() / kEntry;
  if (version == 1) {
    line.print(", routes: {}", count);
    print_entries(line, entries, print_entry1);
  } else if (version == 2) {
    line.print(", routes: {} or less", count);
    print_entries(line, entries, print_entry2);
  } else {
    line.put(", unknown version");
  }
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kRip, view);
  if (std::min(view.length(), view.captured()) < kHeader) return line.put_cut();
  const unsigned version = view.u8(1);
  line.print("{}RIPv{}", line.verbose() ? "\n\t" : "", version);
  if (version == 0) return put_unknown(line, view, "\n\t");
  const unsigned command = view.u8(0);
  line.print(", {}, length: {}", named(kCommands, command, "unknown command ({})"), view.length());
  if (!line.verbose()) return;
  if (command == kRequest || command == kResponse) {
    print_routes(line, view, version);
  } else if ((command < kTraceOff || command > kPollEntry) && !line.verbose(2)) {
    put_unknown(line, view, "\n\t");
  }
  if (line.verbose(2) && !line.cut()) put_unknown(line, view, "\n\t");
}

}  // namespace weir::packet::rip
