// Frame Relay (RFC 2427), and Cisco's way of it, with an EtherType behind the address.
#include <algorithm>

#include "packet/print/link/snap.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::frame_relay {
namespace {

constexpr Protocol kFrameRelay{.name = "fr"};
constexpr Field kDlci{.name = "fr.dlci"};
constexpr Field kNlpid{.name = "fr.nlpid", .show = Show::kHex};
constexpr Field kEtherType{.name = "fr.type", .show = Show::kHex};

constexpr std::uint8_t kUnnumbered = 0x03;

enum Nlpid : std::uint8_t {
  kQ933 = 0x08,
  kSnap = 0x80,
  kClnp = 0x81,
  kEsIs = 0x82,
  kIsIs = 0x83,
  kIp6 = 0x8e,
  kFragment = 0xb1,
  kIp4 = 0xcc,
  kPpp = 0xcf,
};
constexpr Named kNlpids[] = {
    {0x00, "NULLNS"},      {kQ933, "Q.933"}, {kSnap, "SNAP"}, {kClnp, "CLNP"},
    {kEsIs, "ES-IS"},      {kIsIs, "IS-IS"}, {kIp6, "IPv6"},  {0xb0, "FRF.15"},
    {kFragment, "FRF.12"}, {kIp4, "IPv4"},   {kPpp, "PPP"},
};

// Of the address: command or response, congestion ahead and behind, may be discarded, DLCI is SDLC.
constexpr Named kFlags[] = {
    {0x0200'0000, "C!"}, {0x0008'0000, "FECN"}, {0x0004'0000, "BECN"},
    {0x0002'0000, "DE"}, {0x02, "sdcore"},
};

struct Address {
  std::size_t size;
  std::uint32_t dlci;
  std::uint32_t flags;
};

// Two to four bytes, of which the last has its lowest bit set (Q.922). Size 0: there is no such.
Address read_address(const View& view) {
  const auto is_last = [&](std::size_t at) { return (view.u8(at) & 1) != 0; };
  Address out{.size = 2,
              .dlci = (view.u8(0) & 0xfcu) << 2 | (view.u8(1) & 0xf0u) >> 4,
              .flags = (view.u8(0) & 0x02u) << 24 | (view.u8(1) & 0x0eu) << 16};
  if (is_last(0)) return {.size = 0, .dlci = 0, .flags = 0};
  if (is_last(1)) return out;
  if (!is_last(2)) {
    out.dlci = out.dlci << 7 | view.u8(2) >> 1u;
    ++out.size;
  }
  const std::uint8_t last = view.u8(out.size);
  ++out.size;
  if ((last & 1) == 0) return {.size = 0, .dlci = 0, .flags = 0};
  out.flags |= last & 0x02u;
  out.dlci = out.dlci << 6 | last >> 2u;
  return out;
}

void put_header(Line& line, const Address& address, std::uint16_t type, std::size_t length) {
  if (line.options().quick) return line.print("Q.922, DLCI {}, length {}: ", address.dlci, length);
  line.print("Q.922, hdr-len {}, DLCI {}, Flags [{}], ", address.size, address.dlci,
             bit_names(kFlags, address.flags, ", ", "none"));
  if (type <= 0xff) {
    line.print("NLPID {} (0x{:02x})", name_of(kNlpids, type, "unknown"), type);
  } else {
    line.print("cisco-ethertype {} (0x{:04x})", ethertype_text(type), type);
  }
  line.print(", length {}: ", length);
}

// The address is followed by an EtherType. False when it is not one that weir prints.
bool print_cisco(Line& line, const View& view, const Address& address) {
  const View type = view.from(address.size);
  if (type.has(0, 2) && type.length() >= 2) {
    line.field(kEtherType, type, 0, 2);
    if (line.options().link_header) put_header(line, address, type.u16(0), view.length());
    if (print_ethertype(line, type.u16(0), type.from(2))) return true;
  }
  line.print("UI {:02x}! ", type.u8(0));
  return false;
}

bool print_payload(Line& line, std::uint8_t nlpid, const View& from_nlpid) {
  const View payload = from_nlpid.from(1);
  switch (nlpid) {
    case kIp4:
      ip4::print(line, payload);
      return true;
    case kIp6:
      ip6::print(line, payload);
      return true;
    case kClnp:
    case kEsIs:
    case kIsIs:
      isoclns::print(line, from_nlpid);
      return true;
    case kPpp:
      ppp::print(line, payload);
      return true;
    case kSnap:
      return snap::print(line, payload, {}, {});
    default:
      return false;
  }
}

// How many bytes of the frame were headers.
std::size_t print_frame(Line& line, const View& view, const Address& address) {
  const bool is_unnumbered = view.u8(address.size) == kUnnumbered;
  if (!is_unnumbered && address.dlci != 0 && print_cisco(line, view, address))
    return address.size + 2;
  if (line.cut() || view.length() < address.size + 2) {
    line.put_cut();
    return 0;
  }
  // An odd address has a byte of padding behind the control field.
  const bool is_padded = view.u8(address.size + 1) == 0;
  if (is_padded != (address.size == 3)) line.put(is_padded ? "Pad! " : "No pad! ");
  const std::size_t nlpid_at = address.size + (is_padded ? 2 : 1);
  const std::uint8_t nlpid = view.u8(nlpid_at);
  line.field(kNlpid, view, nlpid_at, 1);
  if (line.options().link_header) put_header(line, address, nlpid, view.length());
  if (!print_payload(line, nlpid, view.from(nlpid_at))) {
    if (!line.options().link_header) put_header(line, address, nlpid, view.length());
    const View rest = view.from(nlpid_at + 1);
    line.unknown_payload(rest.claiming(rest.captured()));
  }
  return nlpid_at + 1;
}

}  // namespace

void print_link(Line& line, const View& view) {
  line.begin_layer(kFrameRelay, view);
  if (view.captured() < 4 || view.length() < 4) {
    line.set_link_header_length(view.captured());
    return line.put_cut();
  }
  const Address address = read_address(view);
  if (line.cut()) return;
  if (address.size == 0) return line.put("Q.922, invalid address");
  line.field(kDlci, view, 0, address.size, std::uint64_t{address.dlci});
  line.set_link_header_length(print_frame(line, view, address));
}

}  // namespace weir::packet::frame_relay
