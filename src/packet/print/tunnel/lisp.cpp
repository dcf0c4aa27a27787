// LISP control messages (RFC 6833).
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::lisp {
namespace {

constexpr Field kFields[] = {
    {.name = "lisp.type", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "lisp.mapreg.reccnt", .offset = 3, .size = 1},
    {.name = "lisp.mapreg.nonce", .offset = 4, .size = 8, .show = Show::kHex},
};
constexpr Protocol kLisp{.name = "lisp", .fields = kFields};

constexpr std::size_t kHeader = 16;
constexpr std::size_t kRecordHeader = 12;
constexpr std::size_t kLocatorHeader = 8;
constexpr unsigned kRegister = 3, kNotify = 4;
constexpr unsigned kIp4 = 1, kIp6 = 2;

constexpr Named kTypes[] = {
    {0, "LISP-Reserved"},         {1, "LISP-Map-Request"},
    {2, "LISP-Map-Reply"},        {kRegister, "LISP-Map-Register"},
    {kNotify, "LISP-Map-Notify"}, {8, "LISP-Encapsulated-Contol-Message"},
};
constexpr Named kRegisterFlags[] = {
    {0x08000000, "P-Proxy-Map-Reply"}, {0x04000000, "S-LISP-SEC-Capable"},
    {0x02000000, "I-xTR-ID-Present"},  {0x01000000, "R-Build-For-RTR"},
    {0x00000100, "M-Want-Map-Notify"},
};
constexpr Named kNotifyFlags[] = {
    {0x08000000, "I-xTR-ID-Present"},
    {0x04000000, "R-Build-For-RTR"},
};
constexpr Named kAuthentications[] = {{0, "None"}, {1, "SHA1"}, {2, "SHA256"}};
constexpr std::string_view kActions[] = {"No-Action", "Natively-Forward", "Send-Map-Request",
                                         "Drop"};
constexpr Named kLocatorFlags[] = {
    {0x0004, "Local-Locator"},
    {0x0002, "RLoc-Probed"},
    {0x0001, "Reachable"},
};

enum class Step { kGood, kCut, kEnd };

void print_record_details(Line& line, const View& record) {
  const unsigned action = record.u8(6) >> 5;
  line.print("      Record TTL {}, {}Authoritative, {}, Map Version: {},", record.u32(0),
             (record.u8(6) & 0x10) != 0 ? "" : "Non-",
             action < std::size(kActions) ? kActions[action] : "unknown", record.u16(8) & 0x0fff);
}

// An address of `family` is taken from `rest`; false when there is none of that family.
bool take_address(Line& line, View& rest, unsigned family, std::string_view before) {
  if (family == kIp4) {
    line.print("{}{}", before, line.host4_text(rest.u32(0)));
    rest = rest.from(4);
  } else if (family == kIp6) {
    line.print("{}{}", before, line.host6_text(rest.bytes(0, 16)));
    rest = rest.from(16);
  }
  return family == kIp4 || family == kIp6;
}

Step take_locator(Line& line, View& rest) {
  if (!rest.has(0, kLocatorHeader)) return Step::kCut;
  const View locator = rest;
  const unsigned family = rest.u16(6);
  rest = rest.from(kLocatorHeader);
  if (line.verbose()) line.put("\n       ");
  if ((family == kIp4 && !rest.has(0, 4)) || (family == kIp6 && !rest.has(0, 16)))
    return Step::kCut;
  take_address(line, rest, family, " LOC ");
  if (!line.verbose()) return Step::kGood;
  line.print("\n          Priority/Weight {}/{}, Multicast Priority/Weight {}/{},", locator.u8(0),
             locator.u8(1), locator.u8(2), locator.u8(3));
  line.print(" flags [{}],", bit_names(kLocatorFlags, locator.u16(4), ", ", "none"));
  return Step::kGood;
}

Step take_record(Line& line, View& rest) {
  if (!rest.has(0, kRecordHeader)) return Step::kCut;
  line.put('\n');
  const View record = rest;
  if (line.verbose()) print_record_details(line, record);
  rest = rest.from(kRecordHeader);
  if (!take_address(line, rest, record.u16(10), " EID ")) return Step::kEnd;
  const unsigned count = record.u8(4);
  line.print("/{}, {} locator(s)", record.u8(5), count);
  for (unsigned i = 0; i < count && !line.cut(); ++i) {
    if (take_locator(line, rest) == Step::kCut) return Step::kCut;
  }
  return Step::kGood;
}

// What identifies the sender, or what else there is.
void print_trailer(Line& line, const View& rest, bool has_identifiers) {
  if (has_identifiers) {
    if (!rest.has(0, 24)) return line.put_invalid();
    line.hex_lines(rest.claiming(16), "\n    xTR-ID: ");
    line.print("\n    SITE-ID: {}", rest.u64(16));
  } else if (rest.captured() != 0) {
    line.hex_lines(rest.claiming(rest.captured()), "\n    Data: ");
  }
}

void print_flags(Line& line, const View& view, unsigned type) {
  line.print("{},", named(kTypes, type, "unknown-type-{}"));
  if (!line.verbose()) return;
  const std::uint32_t flags = view.u32(0);
  if (type == kRegister) line.print(" flags [{}],", bit_names(kRegisterFlags, flags, ", ", "none"));
  if (type == kNotify) line.print(" flags [{}],", bit_names(kNotifyFlags, flags, ", ", "none"));
}

// Returns what follows.
View print_authentication(Line& line, const View& view) {
  const std::size_t size = view.u16(14);
  const unsigned count = view.u8(3);
  const View data = view.from(kHeader);
  if (line.verbose()) {
    line.print("\n    {} record(s), Authentication {},", count,
               name_of(kAuthentications, view.u16(12), "unknown-type"));
    line.hex_lines(data.claiming(size), "\n    Authentication-Data: ");
  } else {
    line.print(" {} record(s),", count);
  }
  return data.from(size);
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kLisp, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  const unsigned type = view.u8(0) >> 4;
  print_flags(line, view, type);
  if (type != kRegister && type != kNotify) return;
  const bool has_identifiers = (view.u8(0) & (type == kRegister ? 0x02 : 0x08)) != 0;
  View rest = print_authentication(line, view);
  const unsigned count = view.u8(3);
  if (count == 0) return line.put_invalid();
  for (unsigned i = 0; i < count && rest.length() != 0 && !line.cut(); ++i) {
    const Step step = take_record(line, rest);
    if (step == Step::kCut) return line.put_cut();
    if (step == Step::kEnd) return;
  }
  if (!line.cut()) print_trailer(line, rest, has_identifiers);
}

}  // namespace weir::packet::lisp
