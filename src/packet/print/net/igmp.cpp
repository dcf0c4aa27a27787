// IGMP (RFC 1112, 2236, 3376), and the multicast traceroute that is sent in it.
#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/print/time_text.h"

namespace weir::packet::igmp {
namespace {

constexpr Field kFields[] = {
    {.name = "igmp.type", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "igmp.max_resp", .offset = 1, .size = 1},
    {.name = "igmp.checksum", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kIgmp{.name = "igmp", .fields = kFields};
constexpr Field kGroup{.name = "igmp.maddr", .show = Show::kIp4};
constexpr Field kRecordType{.name = "igmp.record_type"};
constexpr Field kSourceCount{.name = "igmp.num_src"};
constexpr Field kSource{.name = "igmp.saddr", .show = Show::kIp4};

constexpr Named kRecordTypes[] = {
    {1, "is_in"}, {2, "is_ex"}, {3, "to_in"}, {4, "to_ex"}, {5, "allow"}, {6, "block"},
};

void print_sources(Line& line, const View& sources, std::size_t count) {
  line.put(" {");
  for (std::size_t i = 0; i < count && !line.cut(); ++i) {
    line.field(kSource, sources, 4 * i, 4);
    const std::uint32_t source = sources.u32(4 * i);
    line.put(' ');
    line.host4(source);
  }
  line.put(" }");
}

// A floating-point number from 128 on (RFC 3376 section 4.1.1), in tenths of a second.
void print_response_time(Line& line, std::uint8_t code) {
  constexpr std::uint8_t kUsual = 100;
  if (code == kUsual) return;
  const unsigned tenths =
      code < 128 ? code : ((code & 0x0fu) | 0x10u) << (((code & 0x70u) >> 4) + 3);
  line.put(" [max resp time ");
  if (tenths < 600) {
    line.print("{}.{}s", tenths / 10, tenths % 10);
  } else {
    put_duration(line.text(), tenths / 10);
  }
  line.put(']');
}

void print_query3(Line& line, const View& view) {
  line.put(" v3");
  if (view.length() % 4 != 0) return line.print(" [invalid len {}]", view.length());
  const std::uint8_t code = view.u8(1);
  print_response_time(line, code);
  const std::uint32_t group = view.u32(4);
  if (group == 0) return;
  line.field(kGroup, view, 4, 4);
  line.put(" [gaddr ");
  line.host4(group);
  line.field(kSourceCount, view, 10, 2);
  const std::size_t count = view.u16(10);
  if (count > 0 && view.length() < 12 + 4 * count) {
    line.put(" [invalid number of sources]");
  } else if (count > 0 && line.verbose(2)) {
    print_sources(line, view.from(12), count);
  } else if (count > 0) {
    line.print(", {} source(s)", count);
  }
  line.put(']');
}

void print_query(Line& line, const View& view) {
  line.put("igmp query");
  if (view.length() >= 12) return print_query3(line, view);
  const std::uint8_t response_time = view.u8(1);
  line.put(response_time == 0 ? " v1" : " v2");
  if (response_time != 0 && response_time != 100) line.print(" [max resp time {}]", response_time);
  if (const std::uint32_t group = view.u32(4); group != 0) {
    line.field(kGroup, view, 4, 4);
    line.put(" [gaddr ");
    line.host4(group);
    line.put(']');
  }
  if (view.length() != 8) line.print(" [len {}]", view.length());
}

void print_group(Line& line, const View& view, std::string_view what) {
  line.field(kGroup, view, 4, 4);
  const std::uint32_t group = view.u32(4);
  line.put(what);
  line.host4(group);
}

void print_report1(Line& line, const View& view) {
  print_group(line, view, "igmp v1 report ");
  if (view.length() != 8) line.print(" [len {}]", view.length());
}
void print_report2(Line& line, const View& view) { print_group(line, view, "igmp v2 report "); }
void print_leave(Line& line, const View& view) { print_group(line, view, "igmp leave "); }

// Returns how many bytes the record takes; 0 when nothing can follow.
std::size_t print_record(Line& line, const View& record) {
  const std::uint32_t group = record.u32(4);
  const std::uint8_t type = record.u8(0);
  const std::size_t count = record.u16(2);
  line.field(kRecordType, record, 0, 1);
  line.field(kSourceCount, record, 2, 2);
  line.field(kGroup, record, 4, 4);
  line.put(" [gaddr ");
  line.host4(group);
  line.print(" {}", named(kRecordTypes, type, " [v3-report-#{}]"));
  const std::size_t size = 8 + 4 * count;
  if (record.length() < size) {
    line.print(" [invalid number of sources {}]", count);
    return 0;
  }
  if (line.verbose(2)) {
    print_sources(line, record.from(8), count);
  } else {
    line.print(", {} source(s)", count);
  }
  line.put(']');
  return size;
}

void print_report3(Line& line, const View& view) {
  line.put("igmp v3 report");
  if (view.length() < 16 || view.length() % 4 != 0)
    return line.print(" [invalid len {}]", view.length());
  const unsigned count = view.u16(6);
  line.print(", {} group record(s)", count);
  if (!line.verbose()) return;
  View rest = view.from(8);
  for (unsigned i = 0; i < count && !line.cut(); ++i) {
    if (rest.length() < 8) return line.put(" [invalid number of groups]");
    const std::size_t size = print_record(line, rest);
    if (size == 0) return;
    rest = rest.from(size);
  }
}

void print_dvmrp(Line& line, const View& view) {
  line.put("igmp dvmrp");
  if (view.length() < 8) return line.print(" [len {}]", view.length());
  dvmrp::print(line, view);
}

void print_trace(Line& line, const View& view, std::string_view name) {
  constexpr std::size_t kQueryEnd = 24;
  if (view.length() < kQueryEnd) return line.print(" [invalid len {}]", view.length());
  view.need(0, kQueryEnd);
  const std::uint32_t answer_to = view.u32(16);
  line.print("{} {}: {} to {} reply-to {}", name, view.u24(21), line.host4_text(view.u32(8)),
             line.host4_text(view.u32(12)), line.host4_text(answer_to));
  if (answer_to >> 28 == 0xe) line.print(" with-ttl {}", view.u8(20));
}
void print_trace_answer(Line& line, const View& view) { print_trace(line, view, "mresp"); }
void print_trace_query(Line& line, const View& view) { print_trace(line, view, "mtrace"); }

struct TypePrinter {
  std::uint8_t type;
  Printer print;
};
constexpr TypePrinter kTypes[] = {
    {0x11, print_query},        {0x12, print_report1},     {0x16, print_report2},
    {0x17, print_leave},        {0x22, print_report3},     {0x13, print_dvmrp},
    {0x1e, print_trace_answer}, {0x1f, print_trace_query},
};

void print_message(Line& line, const View& view) {
  const std::uint8_t type = view.u8(0);
  for (const TypePrinter& entry : kTypes) {
    if (entry.type == type) return entry.print(line, view);
  }
  line.print("igmp-{}", type);
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kIgmp, view);
  if (line.options().quick) return line.put("igmp");
  print_message(line, view);
  if (!line.verbose() || line.cut() || view.length() < 4 || !view.has(0, view.length())) return;
  Checksum sum;
  sum.add(view.bytes(0, view.length()));
  if (sum.result() != 0) line.print(" bad igmp cksum {:x}!", view.u16(2));
}

}  // namespace weir::packet::igmp
