// RIPng (RFC 2080).
#include <algorithm>

#include "packet/print/printers.h"

namespace weir::packet::ripng {
namespace {

constexpr Field kFields[] = {
    {.name = "ripng.cmd", .offset = 0, .size = 1},
    {.name = "ripng.version", .offset = 1, .size = 1},
};
constexpr Protocol kRipng{.name = "ripng", .fields = kFields};
constexpr Field kPrefix{.name = "ripng.rte.ipv6_prefix", .show = Show::kIp6};
constexpr Field kPrefixLength{.name = "ripng.rte.prefix_length"};
constexpr Field kMetric{.name = "ripng.rte.metric"};

constexpr std::size_t kHeader = 4;
constexpr std::size_t kEntry = 20;
constexpr std::uint8_t kRequest = 1, kResponse = 2;
constexpr std::uint8_t kInfinity = 16;

// A request for everything has one entry: no prefix, and a metric without end.
bool is_whole_table(const View& view) {
  if (view.length() / kEntry != 1 || view.u8(kHeader + 19) != kInfinity) return false;
  return std::ranges::all_of(view.bytes(kHeader, 16),
                             [](std::byte byte) { return byte == std::byte{0}; });
}

void print_entry(Line& line, const View& entry, bool with_metric) {
  line.field(kPrefix, entry, 0, 16);
  line.field(kPrefixLength, entry, 18, 1);
  line.field(kMetric, entry, 19, 1);
  line.put(line.verbose(2) ? "\n\t" : " ");
  line.print("{}/{}", line.host6_text(entry.bytes(0, 16)), entry.u8(18));
  if (const unsigned tag = entry.u16(16); tag != 0) line.print(" [{}]", tag);
  const unsigned metric = entry.u8(19);
  if (metric != 0 && with_metric) line.print(" ({})", metric);
}

void print_entries(Line& line, const View& view, bool is_response) {
  View rest = view.from(kHeader);
  const std::string_view name = is_response ? "resp" : "req";
  const std::size_t count = rest.length() / kEntry;
  if (rest.length() % kEntry != 0) {
    line.print(" ripng-{} {}[{}]:", name, count, view.length());
  } else {
    line.print(" ripng-{} {}:", name, count);
  }
  for (; rest.length() >= kEntry && !line.cut(); rest = rest.from(kEntry))
    print_entry(line, rest, is_response);
  if (rest.length() != 0) line.put_invalid();
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kRipng, view);
  const unsigned version = view.u8(1);
  if (version != 1) {
    line.print(" [vers {}]", version);
    return line.put_invalid();
  }
  const unsigned command = view.u8(0);
  if (command != kRequest && command != kResponse) {
    line.print(" ripng-{} ?? {}", command, view.length());
    return line.put_invalid();
  }
  if (view.length() < kHeader) return line.put_invalid();
  if (command == kRequest && is_whole_table(view)) return line.put(" ripng-req dump");
  print_entries(line, view, command == kResponse);
}

}  // namespace weir::packet::ripng
