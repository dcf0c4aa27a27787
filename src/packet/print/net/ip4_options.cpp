#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::ip4_options {
namespace {

constexpr std::uint8_t kEnd = 0;
constexpr std::uint8_t kNop = 1;
constexpr std::uint8_t kRecordRoute = 7;
constexpr std::uint8_t kTimestamp = 68;
constexpr std::uint8_t kLooseRoute = 131;
constexpr std::uint8_t kStrictRoute = 137;
constexpr std::uint8_t kRouterAlert = 148;

constexpr Named kNames[] = {
    {kEnd, "EOL"},         {kNop, "NOP"},        {kTimestamp, "timestamp"},
    {130, "security"},     {kRecordRoute, "RR"}, {kStrictRoute, "SSRR"},
    {kLooseRoute, "LSRR"}, {kRouterAlert, "RA"}, {82, "traceroute"},
};

void print_route(Line& line, const View& option) {
  const std::size_t length = option.length();
  if (length < 3) return line.print(" [bad length {}]", length);
  if (((length + 1) & 3) != 0) line.print(" [bad length {}]", length);
  const std::uint8_t pointer = option.u8(2);
  const std::size_t next = std::size_t{pointer} - 1;  // 0 becomes out of range
  if (next < 3 || ((next + 1) & 3) != 0 || next > length + 1) line.print(" [bad ptr {}]", pointer);
  for (std::size_t at = 3; at < length && option.need(at, 4); at += 4) {
    line.put(' ');
    line.host4(option.u32(at));
    if (next > at) line.put(',');
  }
}

void print_times(Line& line, const View& option, std::size_t step, std::size_t next) {
  for (std::size_t at = 4; at < option.length() && option.need(at, step); at += step) {
    line.print(" {}{}@{}", next == at ? "^ " : "", option.u32(at + step - 4),
               step == 8 ? line.host4_text(option.u32(at)) : std::string());
  }
}

void print_timestamps(Line& line, const View& option) {
  constexpr std::string_view kKinds[] = {"TSONLY", "TS+ADDR", {}, "PRESPEC"};
  const std::size_t length = option.length();
  if (length < 4) return line.print("[bad length {}]", length);
  const std::uint8_t flags = option.u8(3);
  const std::uint8_t kind = flags & 0x0f;
  const std::size_t step = kind == 0 ? 4 : 8;
  line.put(" TS{");
  if (((length - 4) & (step - 1)) != 0) line.print("[bad length {}]", length);
  const std::uint8_t pointer = option.u8(2);
  const std::size_t next = std::size_t{pointer} - 1;
  if (next < 4 || ((next - 4) & (step - 1)) != 0 || next > length + 1)
    line.print("[bad ptr {}]", pointer);
  if (kind > 3 || kKinds[kind].empty()) {
    line.print("[bad ts type {}]", kind);
  } else {
    line.put(kKinds[kind]);
    print_times(line, option, step, next);
    if (next == length) line.put(" ^ ");
  }
  if (flags >> 4 != 0) {
    line.print(" [{} hops not recorded]}} ", flags >> 4);
  } else {
    line.put('}');
  }
}

void print_option(Line& line, std::uint8_t kind, const View& option) {
  switch (kind) {
    case kTimestamp:
      return print_timestamps(line, option);
    case kRecordRoute:
    case kStrictRoute:
    case kLooseRoute:
      return print_route(line, option);
    case kRouterAlert:
      if (option.length() < 4) return line.print(" [bad length {}]", option.length());
      if (const std::uint16_t value = option.u16(2); value != 0) line.print(" value {}", value);
      return;
    default:
      return;
  }
}

}  // namespace

void print(Line& line, const View& options) {
  View rest = options;
  while (rest.length() != 0 && !line.cut()) {
    if (rest.data() != options.data()) line.put(',');
    const std::uint8_t kind = rest.u8(0);
    line.put(named(kNames, kind, "unknown {}"));
    const std::size_t length = kind <= kNop ? 1 : rest.u8(1);
    if (line.cut()) return;
    if ((kind > kNop && length < 2) || length > rest.length())
      return line.print(" [bad length {}]", length);
    if (!rest.need(0, length) || kind == kEnd) return;
    print_option(line, kind, rest.first(length));
    rest = rest.from(length);
  }
}

}  // namespace weir::packet::ip4_options
