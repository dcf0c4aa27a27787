// Generic routing encapsulation (RFC 1701, RFC 2784, RFC 2890), and its version 1, which carries
// PPP for PPTP (RFC 2637).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::gre {
namespace {

constexpr Field kFields[] = {
    {.name = "gre.flags_and_version", .offset = 0, .size = 2, .show = Show::kHex},
    {.name = "gre.proto", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kGre{.name = "gre", .fields = kFields};
constexpr Field kChecksum{.name = "gre.checksum", .show = Show::kHex};
constexpr Field kKey{.name = "gre.key", .show = Show::kHex};
constexpr Field kPayloadLength{.name = "gre.key.payload_length"};
constexpr Field kCallId{.name = "gre.key.call_id"};
constexpr Field kSequence{.name = "gre.sequence_number"};
constexpr Field kAck{.name = "gre.ack_number"};

constexpr std::size_t kHeader = 4;

enum Flag : std::uint16_t {
  kHasChecksum = 0x8000,
  kHasRouting = 0x4000,
  kHasKey = 0x2000,
  kHasSequence = 0x1000,
  kStrictRoute = 0x0800,
  kHasAck = 0x0080,
};
constexpr Named kFlags[] = {
    {kHasChecksum, "checksum present"},
    {kHasRouting, "routing present"},
    {kHasKey, "key present"},
    {kHasSequence, "sequence# present"},
    {kStrictRoute, "source routing present"},
    {kHasAck, "ack present"},
};
constexpr std::uint16_t kVersionMask = 0x0007;

constexpr std::uint16_t kPpp = 0x880b;

void print_ethernet(Line& line, const View& frame) { ethernet::print(line, frame); }

struct PayloadPrinter {
  std::uint16_t protocol;
  Printer print;
};
constexpr PayloadPrinter kPayloads[] = {
    {kEtherTypeIp4, ip4::print}, {kEtherTypeIp6, ip6::print}, {kEtherTypeMpls, mpls::print},
    {0x6558, print_ethernet},    {0x8137, ipx::print},        {0x00fe, isoclns::print},
};

// How the hops of a source route entry are written.
struct RouteFamily {
  std::uint16_t number;
  std::string_view name;
  std::size_t hop_size;
};
constexpr RouteFamily kRouteFamilies[] = {
    {0x0800, "ip", 4},
    {0xfffe, "asn", 2},
};

// One packet: what is read is taken from the front of `rest_`. The steps return false when the
// header is cut short.
class Packet {
 public:
  Packet(Line& line, const View& view)
      : line_(line), rest_(view), length_(view.length()), flags_(view.u16(0)) {}

  bool print() {
    const int version = flags_ & kVersionMask;
    line_.print("GREv{}", version);
    if (version > 1) {
      line_.put(" ERROR: unknown-version");
      return true;
    }
    if (line_.verbose()) line_.print(", Flags [{}]", bit_names(kFlags, flags_, ", ", "none"));
    if (!has(kHeader)) return false;
    protocol_ = rest_.u16(2);
    rest_ = rest_.from(kHeader);
    return version == 0 ? print_version0() : print_version1();
  }

 private:
  bool has(std::size_t size) const { return rest_.has(0, size) && rest_.length() >= size; }

  bool print_version0() {
    if (!print_checksum() || !print_number(kHasKey, kKey, ", key=0x{:x}") ||
        !print_number(kHasSequence, kSequence, ", seq {}") || !print_routing())
      return false;
    put_protocol();
    line_.print(", length {}", length_);
    put_separator();
    const auto found = std::ranges::find(kPayloads, protocol_, &PayloadPrinter::protocol);
    if (found == std::ranges::end(kPayloads)) {
      line_.print("gre-proto-0x{:x}", protocol_);
    } else {
      found->print(line_, rest_);
    }
    return true;
  }

  bool print_version1() {
    if (!print_call() || !print_number(kHasSequence, kSequence, ", seq {}") ||
        !print_number(kHasAck, kAck, ", ack {}"))
      return false;
    const bool has_payload = (flags_ & kHasSequence) != 0;
    if (!has_payload) line_.put(", no-payload");
    put_protocol();
    line_.print(", length {}", length_);
    if (!has_payload) return true;
    put_separator();
    if (protocol_ == kPpp) {
      ppp::print(line_, rest_);
    } else {
      line_.print("gre-proto-0x{:x}", protocol_);
    }
    return true;
  }

  void put_protocol() {
    if (!line_.options().link_header) return;
    const std::string_view name = ethertype_text(protocol_);
    line_.print(", proto {} (0x{:04x})", name == "Unknown" ? "unknown" : name, protocol_);
  }

  void put_separator() { line_.put(line_.verbose() ? "\n\t" : ": "); }

  // With the offset into the source route; either flag makes both be there.
  bool print_checksum() {
    if ((flags_ & (kHasChecksum | kHasRouting)) == 0) return true;
    if (!has(2)) return false;
    line_.field(kChecksum, rest_, 0, 2);
    if (line_.verbose()) line_.print(", sum 0x{:x}", rest_.u16(0));
    rest_ = rest_.from(2);
    if (!has(2)) return false;
    line_.print(", off 0x{:x}", rest_.u16(0));
    rest_ = rest_.from(2);
    return true;
  }

  bool print_number(Flag flag, const Field& field,
                    fmt::format_string<const std::uint32_t&> format) {
    if ((flags_ & flag) == 0) return true;
    if (!has(4)) return false;
    line_.field(field, rest_, 0, 4);
    const std::uint32_t value = rest_.u32(0);
    line_.print(format, value);
    rest_ = rest_.from(4);
    return true;
  }

  bool print_call() {
    if ((flags_ & kHasKey) == 0) return true;
    if (!has(4)) return false;
    line_.field(kPayloadLength, rest_, 0, 2);
    line_.field(kCallId, rest_, 2, 2);
    line_.print(", call {}", rest_.u16(2));
    rest_ = rest_.from(4);
    return true;
  }

  // Entries up to an empty one.
  bool print_routing() {
    if ((flags_ & kHasRouting) == 0) return true;
    while (has(4)) {
      const std::uint16_t family = rest_.u16(0);
      const std::size_t offset = rest_.u8(2);
      const std::size_t size = rest_.u8(3);
      rest_ = rest_.from(4);
      if (family == 0 && size == 0) return true;
      if (!print_route(family, offset, size) || rest_.length() < size) return false;
      rest_ = rest_.from(size);
    }
    return false;
  }

  bool print_route(std::uint16_t number, std::size_t offset, std::size_t size) {
    const auto family = std::ranges::find(kRouteFamilies, number, &RouteFamily::number);
    if (family == std::ranges::end(kRouteFamilies)) {
      line_.print(", (rtaf=0x{:x})", number);
      return true;
    }
    line_.print(", (rtaf={}", family->name);
    const bool is_whole = print_hops(family->hop_size, offset, size);
    line_.put(')');
    return is_whole;
  }

  // `offset` is where the hop stands to which the packet goes next.
  bool print_hops(std::size_t hop_size, std::size_t offset, std::size_t size) {
    if (offset % hop_size != 0) {
      line_.print(", badoffset={}", offset);
    } else if (size % hop_size != 0) {
      line_.print(", badlength={}", size);
    } else if (offset >= size) {
      line_.print(", badoff/len={}/{}", offset, size);
    } else {
      for (std::size_t at = 0; at < size; at += hop_size) {
        if (!rest_.has(at, hop_size) || rest_.length() < at + hop_size) return false;
        print_hop(at, hop_size, at == offset);
      }
    }
    return true;
  }

  void print_hop(std::size_t at, std::size_t hop_size, bool is_next) {
    line_.put(is_next ? " *" : " ");
    if (hop_size == 4) {
      line_.text().ip4(rest_.u32(at));
    } else {
      line_.print("{:x}", rest_.u16(at));
    }
  }

  Line& line_;
  View rest_;
  std::size_t length_;  // of all
  std::uint16_t flags_;
  std::uint16_t protocol_ = 0;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kGre, view);
  const bool has_flags = view.has(0, 2) && view.length() >= 2;
  if (!has_flags || !Packet(line, view).print()) line.put_cut();
}

}  // namespace weir::packet::gre
