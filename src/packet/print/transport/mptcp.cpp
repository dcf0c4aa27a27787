// Multipath TCP (RFC 6824, RFC 8684).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::mptcp {
namespace {

constexpr Protocol kMptcp{.name = "mptcp"};
constexpr Field kSubtype{.name = "tcp.options.mptcp.subtype", .mask = 0xf0};
constexpr Field kSenderKey{.name = "tcp.options.mptcp.sendkey", .show = Show::kHex};
constexpr Field kReceiverKey{.name = "tcp.options.mptcp.recvkey", .show = Show::kHex};
constexpr Field kToken{.name = "tcp.options.mptcp.recvtok", .show = Show::kHex};
constexpr Field kAddressId{.name = "tcp.options.mptcp.addrid"};
constexpr Field kDataSequence{.name = "tcp.options.mptcp.rawdataseqno"};
constexpr Field kDataAck{.name = "tcp.options.mptcp.rawdataack"};

constexpr std::uint8_t kSyn = 0x02, kAck = 0x10;

// Prints an option from its kind on; false when it is broken. `flags` are those of the segment.
using SubtypePrinter = bool (*)(Line&, const View& option, std::uint8_t flags);

bool print_capable(Line& line, const View& option, std::uint8_t flags) {
  const std::size_t size = option.length();
  const bool fits_syn = (size == 12 || size == 4) && (flags & kSyn) != 0;
  const bool fits_ack = (size == 20 || size == 22) && (flags & (kSyn | kAck)) == kAck;
  if (!fits_syn && !fits_ack) return false;
  const unsigned version = option.u8(2) & 0x0fu;
  if (version > 1) {
    line.print(" Unknown Version ({})", version);
    return true;
  }
  line.print(" v{}", version);
  if ((option.u8(3) & 0x80) != 0) line.put(" csum");
  if (size < 12) return true;
  line.field(kSenderKey, option, 4, 8);
  line.print(" {{0x{:x}", option.u64(4));
  if (size >= 20) {
    line.field(kReceiverKey, option, 12, 8);
    line.print(",0x{:x}", option.u64(12));
  }
  line.put('}');
  return true;
}

bool print_join(Line& line, const View& option, std::uint8_t flags) {
  constexpr std::size_t kSynSize = 12, kSynAckSize = 16, kAckSize = 24;
  const std::size_t size = option.length();
  const bool fits = (size == kSynSize && (flags & kSyn) != 0) ||
                    (size == kSynAckSize && (flags & (kSyn | kAck)) == (kSyn | kAck)) ||
                    (size == kAckSize && (flags & kAck) != 0);
  if (!fits) return false;
  if (size == kAckSize) {
    line.put(" hmac 0x");
    line.text().hex(option.bytes(4, 20));
    return true;
  }
  line.field(kAddressId, option, 3, 1);
  line.print("{} id {}", (option.u8(2) & 1) != 0 ? " backup" : "", option.u8(3));
  if (size == kSynSize) {
    line.field(kToken, option, 4, 4);
    line.print(" token 0x{:x} nonce 0x{:x}", option.u32(4), option.u32(8));
  } else {
    line.print(" hmac 0x{:x} nonce 0x{:x}", option.u64(4), option.u32(12));
  }
  return true;
}

// A number of 4 or 8 bytes, taken from `rest`; false when it is too short.
bool take_number(Line& line, View& rest, bool is_long, std::string_view name, const Field& field) {
  const std::size_t size = is_long ? 8 : 4;
  line.put(name);
  if (rest.length() < size) return false;
  line.field(field, rest, 0, size);
  line.number(is_long ? rest.u64(0) : rest.u32(0));
  rest = rest.from(size);
  return true;
}

bool take_mapping(Line& line, View& rest, bool is_long) {
  if (!take_number(line, rest, is_long, " seq ", kDataSequence)) return false;
  if (rest.length() < 4) return false;
  line.print(" subseq {}", rest.u32(0));
  if (rest.length() < 6) return false;
  line.print(" len {}", rest.u16(4));
  rest = rest.from(6);
  if (rest.length() < 2) return true;
  line.print(" csum 0x{:x}", rest.u16(0));
  rest = rest.from(2);
  return true;
}

bool print_data_sequence(Line& line, const View& option, std::uint8_t flags) {
  constexpr unsigned kHasAck = 0x01, kLongAck = 0x02, kHasMapping = 0x04, kLongSequence = 0x08,
                     kFin = 0x10;
  if (option.length() < 4 || (flags & kSyn) != 0) return false;
  const unsigned bits = option.u8(3);
  View rest = option.from(4);
  if ((bits & kFin) != 0) line.put(" fin");
  if ((bits & kHasAck) != 0 && !take_number(line, rest, (bits & kLongAck) != 0, " ack ", kDataAck))
    return false;
  if ((bits & kHasMapping) != 0 && !take_mapping(line, rest, (bits & kLongSequence) != 0))
    return false;
  return rest.length() == 0;
}

// With or without a port, and with or without a digest.
bool print_add_address(Line& line, const View& option, std::uint8_t) {
  constexpr std::size_t kFixed = 4;
  constexpr Named kVersions[] = {{6, "v0-ip6"}, {4, "v0-ip4"}, {1, "v1-echo"}, {0, "v1"}};
  constexpr std::size_t kRests[] = {0, 2, 8, 10};  // behind the address
  if (option.length() < 8) return false;
  const bool is_ip6 = option.length() >= 20;
  const std::size_t end = kFixed + (is_ip6 ? 16 : 4);
  const std::size_t rest = option.length() - end;
  if (std::ranges::find(kRests, rest) == std::ranges::end(kRests)) return false;
  line.field(kAddressId, option, 3, 1);
  line.print(" {} id {} ", name_of(kVersions, option.u8(2) & 0x0fu, "[bad version/echo]"),
             option.u8(3));
  if (is_ip6) {
    line.host6(option.bytes(kFixed, 16));
  } else {
    line.host4(option.u32(kFixed));
  }
  const bool has_port = rest % 8 != 0;
  if (has_port) line.print(":{}", option.u16(end));
  if (rest >= 8) line.print(" hmac 0x{:x}", option.u64(end + (has_port ? 2 : 0)));
  return true;
}

bool print_remove_address(Line& line, const View& option, std::uint8_t) {
  if (option.length() < 4) return false;
  line.put(" id");
  for (std::size_t at = 3; at < option.length(); ++at) line.print(" {}", option.u8(at));
  return true;
}

bool print_priority(Line& line, const View& option, std::uint8_t) {
  if (option.length() != 3 && option.length() != 4) return false;
  line.put((option.u8(2) & 1) != 0 ? " backup" : " non-backup");
  if (option.length() == 4) line.print(" id {}", option.u8(3));
  return true;
}

bool print_fail(Line& line, const View& option, std::uint8_t) {
  if (option.length() != 12) return false;
  line.print(" seq {}", option.u64(4));
  return true;
}

bool print_fast_close(Line& line, const View& option, std::uint8_t) {
  if (option.length() != 12) return false;
  line.print(" key 0x{:x}", option.u64(4));
  return true;
}

bool print_nothing(Line&, const View&, std::uint8_t) { return true; }

struct Subtype {
  std::string_view name;
  SubtypePrinter print;
};
constexpr Subtype kSubtypes[] = {
    {"capable", print_capable},
    {"join", print_join},
    {"dss", print_data_sequence},
    {"add-addr", print_add_address},
    {"rem-addr", print_remove_address},
    {"prio", print_priority},
    {"fail", print_fail},
    {"fast-close", print_fast_close},
    {"unknown", print_nothing},
};

}  // namespace

bool print(Line& line, const View& option, std::uint8_t flags) {
  line.set_protocol(kMptcp);
  if (option.length() < 3) return false;
  const std::size_t number = std::min<std::size_t>(option.u8(2) >> 4, std::size(kSubtypes) - 1);
  const Subtype& subtype = kSubtypes[number];
  line.field(kSubtype, option, 2, 1);
  line.print(" {} {}", option.length(), subtype.name);
  return subtype.print(line, option, flags);
}

}  // namespace weir::packet::mptcp
