// The attributes of L2TP's control messages (RFC 2661 section 4.4).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/tunnel/l2tp_internal.h"

namespace weir::packet::l2tp {
namespace {

constexpr Field kAttributeType{.name = "l2tp.avp.type"};
constexpr Field kAttributeLength{.name = "l2tp.avp.length"};

constexpr std::size_t kAttributeHeader = 6;

constexpr Named kMessageTypes[] = {
    {1, "SCCRQ"}, {2, "SCCRP"}, {3, "SCCCN"}, {4, "StopCCN"}, {6, "HELLO"},
    {7, "OCRQ"},  {8, "OCRP"},  {9, "OCCN"},  {10, "ICRQ"},   {11, "ICRP"},
    {12, "ICCN"}, {14, "CDN"},  {15, "WEN"},  {16, "SLI"},
};
constexpr std::string_view kAuthenticationTypes[] = {"Reserved", "Textual", "CHAP",
                                                     "PAP",      "No Auth", "MS-CHAPv1"};

// Prints a value that is all there.
using ValuePrinter = void (*)(Line&, const View& value);

bool is_short(Line& line, const View& value, std::size_t size) {
  if (value.length() >= size) return false;
  line.put("AVP too short");
  return true;
}

void print_nothing(Line&, const View&) {}

void print_string(Line& line, const View& value) { line.escaped(value.bytes(0, value.length())); }

void print_more(Line& line, const View& rest) {
  if (rest.length() == 0) return;
  line.put(' ');
  print_string(line, rest);
}

void print_octets(Line& line, const View& value) {
  line.text().hex(value.bytes(0, value.length()));
}

template <std::size_t kSize>
void print_first_octets(Line& line, const View& value) {
  if (!is_short(line, value, kSize)) line.text().hex(value.bytes(0, kSize));
}

void print_u16(Line& line, const View& value) {
  if (!is_short(line, value, 2)) line.number(value.u16(0));
}
void print_u32(Line& line, const View& value) {
  if (!is_short(line, value, 4)) line.number(value.u32(0));
}

void print_message_type(Line& line, const View& value) {
  if (!is_short(line, value, 2)) line.put(named(kMessageTypes, value.u16(0), "MSGTYPE-#{}"));
}

void print_result(Line& line, const View& value) {
  if (is_short(line, value, 2)) return;
  line.number(value.u16(0));
  const View rest = value.from(2);
  if (rest.length() == 0) return;
  if (rest.length() < 2) return line.put(" AVP too short");
  line.print("/{}", rest.u16(0));
  print_more(line, rest.from(2));
}

void print_version(Line& line, const View& value) {
  if (!is_short(line, value, 2)) line.print("{}.{}", value.u8(0), value.u8(1));
}

// The letters of the bits 2 and 1.
void print_kinds(Line& line, const View& value, char second, char first) {
  if (is_short(line, value, 4)) return;
  const std::uint32_t bits = value.u32(0);
  if ((bits & 2) != 0) line.put(second);
  if ((bits & 1) != 0) line.put(first);
}
void print_framing(Line& line, const View& value) { print_kinds(line, value, 'A', 'S'); }
void print_bearer(Line& line, const View& value) { print_kinds(line, value, 'A', 'D'); }

void print_cause(Line& line, const View& value) {
  if (is_short(line, value, 3)) return;
  line.print("{}, {:02x}", value.u16(0), value.u8(2));
  print_more(line, value.from(3));
}

void print_obsolete(Line& line, const View&) { line.put("obsolete"); }

void print_authentication_type(Line& line, const View& value) {
  if (is_short(line, value, 2)) return;
  const unsigned type = value.u16(0);
  if (type < std::size(kAuthenticationTypes)) return line.put(kAuthenticationTypes[type]);
  line.print("AuthType-#{}", type);
}

void print_authentication_id(Line& line, const View& value) {
  if (!is_short(line, value, 2)) line.number(value.u8(1));
}

void print_call_errors(Line& line, const View& value) {
  constexpr std::string_view kCounters[] = {"CRCErr",  "FrameErr", "HardOver",
                                            "BufOver", "Timeout",  "AlignErr"};
  if (is_short(line, value, 2)) return;
  View rest = value.from(2);
  for (const std::string_view name : kCounters) {
    if (is_short(line, rest, 4)) return;
    line.print("{}={} ", name, rest.u32(0));
    rest = rest.from(4);
  }
}

void print_character_map(Line& line, const View& value) {
  if (is_short(line, value, 2) || is_short(line, value.from(2), 4)) return;
  line.print("send={:08x} ", value.u32(2));
  if (!is_short(line, value.from(6), 4)) line.print("recv={:08x} ", value.u32(6));
}

void print_disconnect_cause(Line& line, const View& value) {
  constexpr Named kDirections[] = {{0, "global error"}, {1, "at peer"}, {2, "at local"}};
  if (is_short(line, value, 5)) return;
  line.print("{:04x}, {:04x} {}", value.u16(0), value.u16(2),
             named(kDirections, value.u8(4), "Direction-#{}"));
  print_more(line, value.from(5));
}

struct AttributeInfo {
  std::uint16_t type;
  std::string_view name;
  ValuePrinter print;
};
constexpr AttributeInfo kAttributes[] = {
    {0, "MSGTYPE", print_message_type},
    {1, "RESULT_CODE", print_result},
    {2, "PROTO_VER", print_version},
    {3, "FRAMING_CAP", print_framing},
    {4, "BEARER_CAP", print_bearer},
    {5, "TIE_BREAKER", print_first_octets<8>},
    {6, "FIRM_VER", print_u16},
    {7, "HOST_NAME", print_string},
    {8, "VENDOR_NAME", print_string},
    {9, "ASSND_TUN_ID", print_u16},
    {10, "RECV_WIN_SIZE", print_u16},
    {11, "CHALLENGE", print_octets},
    {12, "Q931_CC", print_cause},
    {13, "CHALLENGE_RESP", print_first_octets<16>},
    {14, "ASSND_SESS_ID", print_u16},
    {15, "CALL_SER_NUM", print_u32},
    {16, "MINIMUM_BPS", print_u32},
    {17, "MAXIMUM_BPS", print_u32},
    {18, "BEARER_TYPE", print_bearer},
    {19, "FRAMING_TYPE", print_framing},
    {20, "PACKET_PROC_DELAY", print_obsolete},
    {21, "CALLED_NUMBER", print_string},
    {22, "CALLING_NUMBER", print_string},
    {23, "SUB_ADDRESS", print_string},
    {24, "TX_CONN_SPEED", print_u32},
    {25, "PHY_CHANNEL_ID", print_u32},
    {26, "INI_RECV_LCP", print_octets},
    {27, "LAST_SENT_LCP", print_octets},
    {28, "LAST_RECV_LCP", print_octets},
    {29, "PROXY_AUTH_TYPE", print_authentication_type},
    {30, "PROXY_AUTH_NAME", print_string},
    {31, "PROXY_AUTH_CHAL", print_octets},
    {32, "PROXY_AUTH_ID", print_authentication_id},
    {33, "PROXY_AUTH_RESP", print_octets},
    {34, "CALL_ERRORS", print_call_errors},
    {35, "ACCM", print_character_map},
    {36, "RANDOM_VECTOR", print_octets},
    {37, "PRIVATE_GRP_ID", print_string},
    {38, "RX_CONN_SPEED", print_u32},
    {39, "SEQ_REQUIRED", print_nothing},
    {46, "PPP_DISCON_CC", print_disconnect_cause},
};

void print_value(Line& line, const View& value, std::uint16_t type, bool is_hidden) {
  const auto info = std::ranges::find(kAttributes, type, &AttributeInfo::type);
  const bool is_known = info != std::ranges::end(kAttributes);
  line.put(is_known ? std::string(info->name) : fmt::format("AVP-#{}", type));
  line.put('(');
  if (is_hidden) {
    line.put("???");
  } else if (is_known) {
    info->print(line, value);
  }
  line.put(')');
}

// Returns how many bytes the attribute takes; 0 when it is broken.
std::size_t print_attribute(Line& line, const View& attribute) {
  constexpr unsigned kMandatory = 0x8000, kHidden = 0x4000, kLengthMask = 0x03ff;
  line.put(' ');
  const unsigned head = attribute.u16(0);
  const std::size_t length = head & kLengthMask;
  if (length < kAttributeHeader || length > attribute.length() || !attribute.has(0, length))
    return 0;
  line.field(kAttributeLength, attribute, 0, 2, std::uint64_t{length});
  line.field(kAttributeType, attribute, 4, 2);
  const View value = attribute.from(kAttributeHeader).claiming(length - kAttributeHeader);
  const std::uint16_t type = attribute.u16(4);
  if ((head & kMandatory) != 0) line.put('*');
  if ((head & kHidden) != 0) line.put('?');
  if (const unsigned vendor = attribute.u16(2); vendor != 0) {
    line.print("VENDOR{:04x}:ATTR{:04x}(", vendor, type);
    print_octets(line, value);
    line.put(')');
  } else {
    print_value(line, value, type, (head & kHidden) != 0);
  }
  return length;
}

}  // namespace

void print_attributes(Line& line, const View& attributes) {
  for (View rest = attributes; rest.length() != 0 && !line.cut();) {
    const std::size_t size = print_attribute(line, rest);
    if (size == 0) return line.put_cut();
    rest = rest.from(size);
  }
}

}  // namespace weir::packet::l2tp
