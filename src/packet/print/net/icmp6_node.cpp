// Node Information Queries (RFC 4620) and their drafts, and Router Renumbering (RFC 2894).
#include "packet/print/named.h"
#include "packet/print/net/icmp6_internal.h"

namespace weir::packet::icmp6 {
namespace {

constexpr std::size_t kNodeHeader = 16;
enum QueryType : std::uint16_t { kNoop, kSupported, kName, kAddresses };
constexpr std::uint8_t kSubjectIp6 = 0, kSubjectName = 1, kSubjectIp4 = 2;
constexpr std::uint8_t kSuccess = 0, kRefused = 1, kUnknown = 2;

struct Letter {
  std::uint32_t bit;
  char letter;
};
constexpr Letter kAddressFlags[] = {
    {0x40, 'a'}, {0x20, 'G'}, {0x10, 'S'}, {0x08, 'L'}, {0x04, 'C'}, {0x02, 'A'},
};
constexpr Letter kRenumberingFlags[] = {
    {0x80, 'T'}, {0x40, 'R'}, {0x20, 'A'}, {0x10, 'S'}, {0x08, 'P'},
};

template <std::size_t kSize>
void put_letters(Line& line, const Letter (&table)[kSize], std::uint32_t flags) {
  for (const Letter& entry : table) {
    if ((flags & entry.bit) != 0) line.put(entry.letter);
  }
}

void print_supported(Line& line, std::uint16_t flags) {
  line.put("supported qtypes");
  if (flags != 0) line.print(" [{}]", (flags & 1) != 0 ? "C" : "");
}

// Labels, never compressed. What follows the name should be nothing, or one zero byte when the
// name is not complete.
void print_labels(Line& line, const View& view, std::size_t at) {
  const std::size_t end = view.captured();
  line.put(", \"");
  while (at < end) {
    const std::size_t size = view.u8(at++);
    if (size == 0) {
      if (at == end) {
        line.put('.');
      } else if (at + 1 != end || view.u8(at) != 0) {
        line.put("???");
      }
      break;
    }
    if (size > end - at) {
      line.put("???");
      break;
    }
    line.escaped(view.bytes(at, size));
    at += size;
    if (at + 1 < end && view.u8(at) != 0) line.put('.');
  }
  line.put('"');
}

// Once a name stood behind its length.
void print_node_name(Line& line, const View& view, std::size_t at) {
  const std::size_t size = view.u8(at);
  if (line.cut()) return;
  if (at + 1 + size != view.captured()) return print_labels(line, view, at);
  if (line.verbose()) line.put(", 03 draft");
  line.put(", \"");
  line.escaped(view.bytes(at + 1, size));
  line.put('"');
}

void print_query_type(Line& line, std::uint16_t type, std::uint16_t flags) {
  if (type == kNoop) return line.put("noop");
  if (type == kSupported) return print_supported(line, flags);
  if (type == kName) return line.put("DNS name");
  if (type != kAddresses) return line.put("unknown");
  line.put("node addresses");
  if (flags == 0) return;
  line.put(" [");
  put_letters(line, kAddressFlags, flags);
  line.put(']');
}

void print_subject_address(Line& line, const View& view, std::size_t size) {
  if (!view.has(0, kNodeHeader + size)) return;
  if (view.captured() != kNodeHeader + size) {
    if (line.verbose()) line.put(", invalid subject len");
    return;
  }
  line.put(", subject=");
  if (size == 4) return line.host4(view.u32(kNodeHeader));
  line.host6(view.bytes(kNodeHeader, size));
}

void print_subject(Line& line, const View& view) {
  const std::uint8_t code = view.u8(1);
  if (code == kSubjectIp6) return print_subject_address(line, view, 16);
  if (code == kSubjectIp4) return print_subject_address(line, view, 4);
  if (code != kSubjectName) return line.put(", unknown subject");
  line.put(", subject=DNS name");
  print_node_name(line, view, kNodeHeader);
}

void print_addresses(Line& line, const View& view) {
  constexpr std::size_t kEntry = 20;
  line.put("node addresses");
  for (std::size_t at = kNodeHeader; view.has(at, kEntry); at += kEntry)
    line.print(" {}({})", line.host6_text(view.bytes(at + 4, 16)), view.u32(at));
  const std::uint16_t flags = view.u16(6);
  if (flags == 0) return;
  line.put(" [");
  put_letters(line, kAddressFlags, flags);
  line.put((flags & 1) != 0 ? "T]" : "]");
}

void print_reply_data(Line& line, const View& view) {
  const std::uint16_t type = view.u16(4);
  if (line.verbose()) line.put("success, ");
  if (type == kNoop) {
    line.put("noop");
    if (line.verbose() && view.captured() != kNodeHeader) line.put(", invalid length");
  } else if (type == kSupported) {
    print_supported(line, view.u16(6));
  } else if (type == kName) {
    line.put("DNS name");
    print_node_name(line, view, kNodeHeader + 4);
    if ((view.u16(6) & 1) != 0) line.print(" [TTL={}]", view.u32(kNodeHeader));
  } else if (type == kAddresses) {
    print_addresses(line, view);
  } else {
    line.put("unknown");
  }
}

void print_failure(Line& line, const View& view, std::uint8_t code) {
  if (code != kRefused && code != kUnknown) return;
  line.put(code == kRefused ? "refused" : "unknown");
  if (line.verbose() && view.captured() != kNodeHeader) line.put(", invalid length");
}

std::string infinite(std::uint32_t seconds) {
  return seconds == 0xffffffff ? "infty" : fmt::format("{}", seconds);
}

void put_part_indent(Line& line) { line.put(line.verbose(2) ? "\n\t" : " "); }

void print_renumbering_header(Line& line, const View& view) {
  const std::uint8_t flags = view.u8(9);
  line.put('[');
  put_letters(line, kRenumberingFlags, flags);
  if (flags != 0) line.put(',');
  line.print("seg={},maxdelay={}", view.u8(8), view.u16(10));
  if (const std::uint32_t reserved = view.u32(12); reserved != 0)
    line.print("rsvd=0x{:x}", reserved);
  line.put(']');
}

void print_match(Line& line, const View& match) {
  constexpr Named kCodes[] = {{1, "add"}, {2, "change"}, {3, "setglobal"}};
  put_part_indent(line);
  line.print("match({}", named(kCodes, match.u8(0), "#{}"));
  if (line.verbose()) line.print(",ord={},min={},max={}", match.u8(2), match.u8(4), match.u8(5));
  line.put(',');
  line.text().ip6(match.bytes(8, 16));
  line.print("/{})", match.u8(3));
}

void print_use(Line& line, const View& use) {
  put_part_indent(line);
  line.put("use(");
  if (const unsigned flags = use.u8(12); flags != 0)
    line.print("{}{},", (flags & 0x80) != 0 ? "V" : "", (flags & 0x40) != 0 ? "P" : "");
  if (line.verbose())
    line.print("mask=0x{:x},raflags=0x{:x},vltime={},pltime={},", use.u8(2), use.u8(3),
               infinite(use.u32(4)), infinite(use.u32(8)));
  line.text().ip6(use.bytes(16, 16));
  line.print("/{}/{})", use.u8(0), use.u8(1));
}

// What to match, and what to use instead.
End print_command(Line& line, const View& match) {
  constexpr std::size_t kMatch = 24, kUse = 32;
  if (!match.has(0, kMatch)) return End::kCut;
  print_match(line, match);
  const int words = match.u8(1) - 3;
  if (words % 4 != 0) return End::kCut;
  View use = match.from(kMatch);
  for (int i = 0; i < words / 4; ++i, use = use.from(kUse)) {
    if (!use.has(0, kUse)) return End::kCut;
    print_use(line, use);
  }
  return End::kLength;
}

}  // namespace

End print_node_query(Line& line, const View& view) {
  constexpr std::size_t kWhoAreYou = 12;
  if (view.captured() == kWhoAreYou) {
    line.put(" who-are-you request");
    return End::kLength;
  }
  line.put(" node information query");
  if (!view.has(0, kNodeHeader)) {
    line.put_cut();
    return End::kLength;
  }
  const std::uint16_t type = view.u16(4);
  line.put(" (");
  print_query_type(line, type, view.u16(6));
  const bool is_bare = view.captured() == kNodeHeader;
  if (type == kNoop || type == kSupported) {
    if (!is_bare && line.verbose()) line.put(", invalid len");
  } else if (is_bare) {
    line.put(", 03 draft");
  } else {
    print_subject(line, view);
  }
  line.put(')');
  return End::kLength;
}

End print_node_reply(Line& line, const View& view) {
  if (view.length() > view.captured() || !view.has(0, kNodeHeader)) {
    line.put_cut();
    return End::kLength;
  }
  line.put(" node information reply (");
  const std::uint8_t code = view.u8(1);
  if (code == kSuccess) {
    print_reply_data(line, view);
  } else {
    print_failure(line, view, code);
  }
  line.put(')');
  return End::kLength;
}

End print_renumbering(Line& line, const View& view) {
  constexpr std::size_t kHeader = 16;
  constexpr std::uint8_t kCommand = 0;
  constexpr Named kCodes[] = {{kCommand, "command"}, {1, "result"}, {255, "sequence number reset"}};
  if (!view.has(12, 4)) {
    line.put_cut();
    return End::kLength;
  }
  const std::uint8_t code = view.u8(1);
  line.print(", {}, seq={}", named(kCodes, code, "code-#{}"), view.u32(4));
  if (line.verbose()) print_renumbering_header(line, view);
  if (code == kCommand && print_command(line, view.from(kHeader)) == End::kCut) line.put_cut();
  return End::kLength;
}

}  // namespace weir::packet::icmp6
