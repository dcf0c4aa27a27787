// Multicast Listener Discovery, versions 1 and 2 (RFC 2710, 3810).
#include "packet/print/named.h"
#include "packet/print/net/icmp6_internal.h"

namespace weir::packet::icmp6 {
namespace {

constexpr Field kGroup{.name = "icmpv6.mld.multicast_address", .show = Show::kIp6};
constexpr Field kRecordGroup{.name = "icmpv6.mldr.mar.multicast_address", .show = Show::kIp6};
constexpr Field kRecordType{.name = "icmpv6.mldr.mar.record_type"};
constexpr Field kListenerSource{.name = "icmpv6.mld.source_address", .show = Show::kIp6};

constexpr std::size_t kAddress = 16;
constexpr std::size_t kVersion1 = 24;
constexpr std::size_t kVersion2 = 28;

constexpr Named kRecordTypes[] = {
    {1, "is_in"}, {2, "is_ex"}, {3, "to_in"}, {4, "to_ex"}, {5, "allow"}, {6, "block"},
};

void print_version1(Line& line, const View& view) {
  if (!view.has(0, kVersion1)) return;
  line.field(kGroup, view, 8, kAddress);
  line.print("max resp delay: {} addr: {}", view.u16(4), line.host6_text(view.bytes(8, kAddress)));
}

// Floating-point numbers (RFC 3810 sections 5.1.3 and 5.1.9).
unsigned response_delay(unsigned code) {
  return code < 0x8000 ? code : ((code & 0x0fff) | 0x1000) << (((code & 0x7000) >> 12) + 3);
}
unsigned query_interval(unsigned code) {
  return code < 0x80 ? code : ((code & 0x0f) | 0x10) << (((code & 0x70) >> 4) + 3);
}

void print_sources(Line& line, const View& sources, std::size_t count) {
  line.put(" {");
  for (std::size_t i = 0; i < count && !line.cut(); ++i) {
    line.field(kListenerSource, sources, i * kAddress, kAddress);
    line.print(" {}", line.host6_text(sources.bytes(i * kAddress, kAddress)));
  }
  line.put(" }");
}

void print_querier(Line& line, const View& view) {
  const unsigned flags = view.u8(24);
  if ((flags & 0x08) != 0) line.put(" sflag");
  if ((flags & 0x07) != 0) line.print(" robustness={}", flags & 0x07);
  line.print(" qqi={}", query_interval(view.u8(25)));
}

void print_version2(Line& line, const View& view) {
  const unsigned delay = response_delay(view.u16(4));
  if (line.verbose()) line.print(" [max resp delay={}]", delay);
  line.field(kGroup, view, 8, kAddress);
  line.print(" [gaddr {}", line.host6_text(view.bytes(8, kAddress)));
  if (line.verbose()) print_querier(line, view);
  const std::size_t count = view.u16(26);
  if (count > 0 && view.length() < kVersion2 + count * kAddress) {
    line.put(" [invalid number of sources]");
  } else if (count > 0 && line.verbose(2)) {
    print_sources(line, view.from(kVersion2), count);
  } else if (count > 0) {
    line.print(", {} source(s)", count);
  }
  line.put(']');
}

// Returns how many bytes the record takes; 0 when nothing can follow.
std::size_t print_record(Line& line, const View& record) {
  constexpr std::size_t kFixed = 20;
  line.field(kRecordType, record, 0, 1);
  line.field(kRecordGroup, record, 4, kAddress);
  line.print(" [gaddr {}", line.host6_text(record.bytes(4, kAddress)));
  line.print(" {}", named(kRecordTypes, record.u8(0), " [v2-report-#{}]"));
  const std::size_t count = record.u16(2);
  const std::size_t size = kFixed + count * kAddress;
  if (record.length() < size) {
    line.print(" [invalid number of sources {}]", count);
    return 0;
  }
  if (line.verbose(2)) {
    print_sources(line, record.from(kFixed), count);
  } else {
    line.print(", {} source(s)", count);
  }
  line.put(']');
  return size;
}

}  // namespace

End print_listener_query(Line& line, const View& view) {
  if (view.length() == kVersion1) {
    print_version1(line, view);
  } else if (view.length() >= kVersion2) {
    line.put(" v2");
    print_version2(line, view);
  } else {
    line.print(" unknown-version (len {}) ", view.length());
  }
  return End::kLength;
}

End print_listener_report(Line& line, const View& view) {
  print_version1(line, view);
  return End::kLength;
}

End print_listener_report2(Line& line, const View& view) {
  constexpr std::size_t kHeader = 8;
  if (view.length() < kHeader) {
    line.print(" [invalid len {}]", view.length());
    return End::kLength;
  }
  const unsigned count = view.u16(6);
  line.print(", {} group record(s)", count);
  if (!line.verbose()) return End::kLength;
  View rest = view.from(kHeader);
  for (unsigned i = 0; i < count && !line.cut(); ++i) {
    if (rest.length() < 20) {
      line.put(" [invalid number of groups]");
      break;
    }
    const std::size_t size = print_record(line, rest);
    if (size == 0) break;
    rest = rest.from(size);
  }
  return End::kLength;
}

}  // namespace weir::packet::icmp6
