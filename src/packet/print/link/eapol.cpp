// EAP over LANs (IEEE 802.1X), and EAP (RFC 3748) with some of its methods.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::eapol {
namespace {

constexpr Field kFields[] = {
    {.name = "eapol.version", .offset = 0, .size = 1},
    {.name = "eapol.type", .offset = 1, .size = 1},
    {.name = "eapol.len", .offset = 2, .size = 2},
};
constexpr Protocol kEapol{.name = "eap", .fields = kFields};
constexpr Field kCode{.name = "eap.code"};
constexpr Field kIdentifier{.name = "eap.id"};
constexpr Field kType{.name = "eap.type"};
constexpr Field kIdentity{.name = "eap.identity", .show = Show::kText};

constexpr std::size_t kHeader = 4;

constexpr Named kFrameTypes[] = {{0, "EAP packet"},
                                 {1, "EAPOL start"},
                                 {2, "EAPOL logoff"},
                                 {3, "EAPOL key"},
                                 {4, "Encapsulated ASF alert"}};

constexpr std::uint8_t kRequest = 1, kResponse = 2;
constexpr Named kCodes[] = {
    {kRequest, "Request"}, {kResponse, "Response"}, {3, "Success"}, {4, "Failure"}};

constexpr std::size_t kBeforeData = 5;  // with the type

std::string_view type_name(std::uint8_t type);

void print_identity(Line& line, const View& packet) {
  if (packet.length() == kBeforeData) return;
  const std::size_t size = packet.length() - kBeforeData;
  line.field(kIdentity, packet, kBeforeData, size);
  line.put(", Identity: ");
  line.zero_padded(packet, kBeforeData, size);
}

void print_notification(Line& line, const View& packet) {
  line.put(", Notification: ");
  line.zero_padded(packet, kBeforeData, packet.length() - kBeforeData);
}

void print_nak(Line& line, const View& packet) {
  for (std::size_t at = kBeforeData; at < packet.length(); ++at) {
    const std::uint8_t type = packet.u8(at);
    line.print("{} {} ({})", at == kBeforeData ? "" : ",", type_name(type), type);
  }
}

constexpr std::uint8_t kHasLength = 0x80;
constexpr Named kTlsFlags[] = {
    {kHasLength, "L bit"}, {0x40, "More fragments bit"}, {0x20, "Start bit"}};

void put_tls_flags(Line& line, const View& packet, std::string_view what) {
  const std::uint8_t flags = packet.u8(kBeforeData);
  line.print(" flags [{}] 0x{:02x}", bit_names(kTlsFlags, flags, ", ", "none"), flags);
  if ((flags & kHasLength) == 0) return;
  if (packet.length() < 10) {
    line.print(" (too short for EAP {} request/response with length)", what);
  } else {
    line.print(", len {}", packet.u32(6));
  }
}

void print_tls(Line& line, const View& packet) { put_tls_flags(line, packet, "TLS/TTLS"); }

void print_ttls(Line& line, const View& packet) {
  line.print(" TTLSv{}", packet.u8(kBeforeData) & 7);
  put_tls_flags(line, packet, "TLS/TTLS");
}

void print_fast(Line& line, const View& packet) {
  line.print(" FASTv{}", packet.u8(kBeforeData) & 7);
  put_tls_flags(line, packet, "FAST");
}

constexpr Named kSimSubtypes[] = {
    {1, "Challenge"},     {2, "Auth reject"}, {4, "Sync failure"},
    {5, "Identity"},      {10, "Start"},      {11, "Challenge"},
    {12, "Notification"}, {13, "Reauth"},     {14, "Client error"},
};

void print_sim(Line& line, const View& packet) {
  const std::uint8_t subtype = packet.u8(kBeforeData);
  line.print(" subtype [{}] 0x{:02x}", name_of(kSimSubtypes, subtype, "unknown"), subtype);
}

void print_nothing(Line&, const View&) {}

struct Method {
  std::uint8_t type;
  std::string_view name;
  Printer print = print_nothing;
  std::string_view short_name = {};  // of those that must have data
};
constexpr Method kMethods[] = {
    {0, "No proposed"},
    {1, "Identity", print_identity},
    {2, "Notification", print_notification, "Notification"},
    {3, "Nak", print_nak, "Legacy NAK"},
    {4, "MD5-challenge"},
    {5, "OTP"},
    {6, "GTC"},
    {13, "TLS", print_tls, "TLS/TTLS"},
    {18, "SIM", print_sim, "SIM/AKA"},
    {21, "TTLS", print_ttls, "TLS/TTLS"},
    {23, "AKA", print_sim, "SIM/AKA"},
    {43, "FAST", print_fast, "FAST"},
    {254, "Expanded types"},
    {255, "Experimental"},
};

const Method* method_of(std::uint8_t type) {
  const auto found = std::ranges::find(kMethods, type, &Method::type);
  return found == std::ranges::end(kMethods) ? nullptr : found;
}

std::string_view type_name(std::uint8_t type) {
  const Method* method = method_of(type);
  return method == nullptr ? "unknown" : method->name;
}

void print_method(Line& line, const View& packet) {
  if (packet.length() < kBeforeData) return line.put(" (too short for EAP request/response)");
  const std::uint8_t type = packet.u8(kHeader);
  line.field(kType, packet, kHeader, 1);
  line.print("\n\t\t Type {} ({})", type_name(type), type);
  const Method* method = method_of(type);
  if (method == nullptr) return;
  if (!method->short_name.empty() && packet.length() == kBeforeData)
    return line.print(" (too short for EAP {} request/response)", method->short_name);
  method->print(line, packet);
}

void print_packet(Line& line, const View& packet) {
  const std::uint8_t code = packet.u8(0);
  const std::size_t length = packet.u16(2);
  if (line.cut()) return;
  if (length != packet.length()) return line.put("EAP fragment?");
  line.field(kCode, packet, 0, 1);
  line.field(kIdentifier, packet, 1, 1);
  line.print("{} ({}), id {}, len {}", name_of(kCodes, code, "unknown"), code, packet.u8(1),
             length);
  if (length < kHeader) return line.put(" (too short for EAP header)");
  if (!packet.has(0, length)) return line.put_cut();
  if (code == kRequest || code == kResponse) print_method(line, packet);
}

}  // namespace

void print(Line& line, const View& view) {
  constexpr std::uint8_t kPacket = 0;
  line.begin_layer(kEapol, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  const std::uint8_t type = view.u8(1);
  const std::size_t length = view.u16(2);
  line.print("{} ({}) v{}, len {}", name_of(kFrameTypes, type, "unknown"), type, view.u8(0),
             length);
  if (!line.verbose() || type != kPacket) return;
  if (length == 0) return line.put_cut();
  line.put(", ");
  print_packet(line, view.from(kHeader).claiming(length));
}

}  // namespace weir::packet::eapol
