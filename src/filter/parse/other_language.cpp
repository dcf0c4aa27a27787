// Wireshark's display filters in the place of libpcap's: the commonest fields, and what to write.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/parse/complaints.h"
#include "filter/parse/operators.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;

struct Field {
  std::string_view name;
  std::string_view before;  // what stands before the value here
  std::string_view example;
  bool arithmetic = false;  // keeps its operator
};

constexpr std::array kFields = {
    Field{"tcp.port", "tcp port", "80"},
    Field{"tcp.srcport", "tcp src port", "80"},
    Field{"tcp.dstport", "tcp dst port", "80"},
    Field{"udp.port", "udp port", "53"},
    Field{"udp.srcport", "udp src port", "53"},
    Field{"udp.dstport", "udp dst port", "53"},
    Field{"sctp.port", "sctp port", "2905"},
    Field{"sctp.srcport", "sctp src port", "2905"},
    Field{"sctp.dstport", "sctp dst port", "2905"},
    Field{"ip.addr", "ip host", "10.0.0.1"},
    Field{"ip.host", "ip host", "10.0.0.1"},
    Field{"ip.src", "ip src host", "10.0.0.1"},
    Field{"ip.src_host", "ip src host", "10.0.0.1"},
    Field{"ip.dst", "ip dst host", "10.0.0.1"},
    Field{"ip.dst_host", "ip dst host", "10.0.0.1"},
    Field{"ip.proto", "ip proto", "6"},
    Field{"ip.ttl", "ip[8]", "64", true},
    Field{"ip.len", "ip[2:2]", "1500", true},
    Field{"ip.id", "ip[4:2]", "1", true},
    Field{"ip.version", "ip[0] >> 4", "4", true},
    Field{"ipv6.addr", "ip6 host", "2001:db8::1"},
    Field{"ipv6.src", "ip6 src host", "2001:db8::1"},
    Field{"ipv6.dst", "ip6 dst host", "2001:db8::1"},
    Field{"ipv6.nxt", "ip6 proto", "6"},
    Field{"ipv6.hlim", "ip6[7]", "64", true},
    Field{"eth.addr", "ether host", "00:11:22:33:44:55"},
    Field{"eth.src", "ether src host", "00:11:22:33:44:55"},
    Field{"eth.dst", "ether dst host", "00:11:22:33:44:55"},
    Field{"eth.type", "ether proto", "0x0800"},
    Field{"vlan.id", "vlan", "5"},
    Field{"mpls.label", "mpls", "100"},
    Field{"vxlan.vni", "vxlan", "7"},
    Field{"frame.len", "len", "1000", true},
    Field{"frame.cap_len", "len", "1000", true},
    Field{"icmp.type", "icmp[icmptype]", "8", true},
    Field{"icmp.code", "icmp[icmpcode]", "0", true},
    Field{"icmpv6.type", "icmp6[icmp6type]", "128", true},
    Field{"icmpv6.code", "icmp6[icmp6code]", "0", true},
    Field{"arp.opcode", "arp[6:2]", "1", true},
    Field{"tcp.len", "payload[0]", "0x47", true},
};

// Fields that are one bit: `== 1` asks for it, `== 0` for its absence.
constexpr std::array<std::string_view, 2> kBitPrefixes = {"tcp.flags.", "ip.flags."};

std::string_view bit_name(std::string_view field) {
  constexpr std::array<std::array<std::string_view, 2>, 2> kAliases = {
      {{"reset", "rst"}, {"push", "psh"}}};
  const std::string_view bit = field.substr(field.rfind('.') + 1);
  for (const auto& [wireshark, here] : kAliases) {
    if (bit == wireshark) return here;
  }
  return bit;
}

// The comparison behind the field, as far as it can be told: `== 80`.
struct Comparison {
  TokenKind op = TokenKind::kEnd;
  std::string value;
  bool prefix = false;  // the value is a network
  bool list = false;    // `in {80, 443}`
  SourceRange end;
};

// The tokens from `at` to `end` as elements of a list; Wireshark needs no commas between them, and
// writes `80..90` for a range.
std::string elements(const Cursor& cursor, std::size_t at, std::size_t end) {
  const auto joins = [&](std::size_t i) {
    return cursor.kind(i) == TokenKind::kMinus || cursor.kind(i) == TokenKind::kSlash;
  };
  std::string out;
  for (std::size_t i = at; i < end; ++i) {
    if (cursor.kind(i) == TokenKind::kComma) continue;
    if (!out.empty() && !joins(i) && !joins(i - 1)) out += ", ";
    out += cursor.text(cursor.peek(i));
  }
  for (std::size_t dots = 0; (dots = out.find("..", dots)) != std::string::npos;)
    out.replace(dots, 2, "-");
  return out;
}

// `in` and the list behind it, as a value of its own.
bool take_list(const Cursor& cursor, Comparison& out) {
  const bool list = cursor.kind(1) == TokenKind::kName && cursor.text(cursor.peek(1)) == "in" &&
                    cursor.kind(2) == TokenKind::kLeftBrace;
  if (!list) return false;
  std::size_t at = 3;
  while (cursor.kind(at) != TokenKind::kRightBrace && cursor.kind(at) != TokenKind::kEnd) ++at;
  out.list = true;
  out.end = cursor.peek(at).range;
  out.value = fmt::format("in {{{}}}", elements(cursor, 3, at));
  return true;
}

// `/8` behind an address. Wireshark looks over the bits that lie beyond, and they are errors here.
void take_prefix(const Cursor& cursor, Comparison& out) {
  const bool prefix = cursor.kind(2) == TokenKind::kIp4 || cursor.kind(2) == TokenKind::kIp6;
  if (!prefix || cursor.kind(3) != TokenKind::kSlash || cursor.kind(4) != TokenKind::kNumber)
    return;
  const std::uint32_t bits = cursor.peek(4).value;
  const auto ip4 = parse_dotted(out.value);
  const auto ip6 = parse_ip6(out.value);
  if (ip4 && bits <= 32) out.value = format_ip4(ip4->value & mask_of(bits));
  if (ip6 && bits <= 128) out.value = format_ip6(network_of(*ip6, bits));
  out.value += fmt::format("/{}", bits);
  out.prefix = true;
  out.end = cursor.peek(4).range;
}

Comparison comparison(const Syntax& s) {
  const Cursor& cursor = s.cursor;
  Comparison out{.value = {}, .end = cursor.peek().range};
  if (take_list(cursor, out) || !is_rel_op(cursor.kind(1))) return out;
  out.op = cursor.kind(1);
  out.end = cursor.peek(1).range;
  const Token& value = cursor.peek(2);
  const bool is_value = value.kind >= TokenKind::kNumber && value.kind <= TokenKind::kString;
  if (!is_value) return out;
  out.value = cursor.text(value);
  out.end = value.range;
  take_prefix(cursor, out);
  return out;
}

std::string here(const Field& field, const Comparison& c) {
  const std::string_view value = c.value.empty() ? field.example : std::string_view(c.value);
  std::string before(field.before);
  if (c.prefix && before.ends_with("host")) before.replace(before.size() - 4, 4, "net");
  const RelOp op = c.op == TokenKind::kEnd ? RelOp::kEq : rel_op(c.op);
  if (field.arithmetic) return fmt::format("{} {} {}", field.before, name_of(op), value);
  return fmt::format("{}{} {}", op == RelOp::kNe ? "not " : "", before, value);
}

std::string flag_here(std::string_view field, const Comparison& c) {
  const std::string_view word = field.starts_with("tcp") ? "tcp.flags" : "ip.flags";
  return fmt::format("{} {}{}", word, c.value == "0" ? "!" : "", bit_name(field));
}

}  // namespace

bool complain_other_language(Syntax& s) {
  if (!s.cursor.at(TokenKind::kName)) return false;
  const Token& token = s.cursor.peek();
  const std::string_view name = s.cursor.text(token);
  const Comparison c = comparison(s);
  std::string instead;
  const auto field = std::ranges::find(kFields, name, &Field::name);
  if (field != kFields.end()) {
    instead = here(*field, c);
  } else if (std::ranges::any_of(kBitPrefixes,
                                 [&](auto prefix) { return name.starts_with(prefix); })) {
    instead = flag_here(name, c);
  } else {
    return false;
  }
  s.error(Kind::kOtherLanguage, join(token.range, c.end),
          fmt::format("{} is a field of Wireshark's display filters, not of this language",
                      quote(name)),
          fmt::format("write {}", quote(instead)));
  return true;
}

}  // namespace weir::filter
