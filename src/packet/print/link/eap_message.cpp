#include "packet/print/link/eap_message.h"

#include <algorithm>

#include "packet/print/named.h"

namespace weir::packet::eap_message {
namespace {

enum Code : std::uint8_t { kRequest = 1, kResponse };
constexpr Named kCodes[] = {
    {kRequest, "Request"}, {kResponse, "Response"}, {3, "Success"}, {4, "Failure"}};

constexpr std::uint8_t kTtls = 21;
constexpr Named kTypes[] = {
    {0, "No proposed"},
    {1, "Identity"},
    {2, "Notification"},
    {3, "Nak"},
    {4, "MD5-challenge"},
    {5, "OTP"},
    {6, "GTC"},
    {13, "TLS"},
    {18, "SIM"},
    {kTtls, "TTLS"},
    {23, "AKA"},
    {43, "FAST"},
    {254, "Expanded types"},
    {255, "Experimental"},
};

std::string_view type_text(std::uint8_t type) { return name_of(kTypes, type, "unknown"); }

// What stands behind the type, at 5.

bool has(Line& line, const View& message, std::string_view what) {
  if (message.length() >= 6) return true;
  line.print(" (too short for EAP {} request/response)", what);
  return false;
}

void print_identity(Line& line, const View& message) {
  if (message.length() <= 5) return;
  line.put(", Identity: ");
  line.zero_padded(message, 5, message.length() - 5);
}

void print_notification(Line& line, const View& message) {
  if (!has(line, message, "Notification")) return;
  line.put(", Notification: ");
  line.zero_padded(message, 5, message.length() - 5);
}

void print_nak(Line& line, const View& message) {
  if (!has(line, message, "Legacy NAK")) return;
  for (std::size_t i = 5; i < message.length() && !line.cut(); ++i) {
    const std::uint8_t type = message.u8(i);
    line.print("{} {} ({})", i == 5 ? "" : ",", type_text(type), type);
  }
}

void print_tls_flags(Line& line, const View& message, std::string_view what) {
  static constexpr Named kFlags[] = {
      {0x80, "L bit"}, {0x40, "More fragments bit"}, {0x20, "Start bit"}};
  const std::uint8_t flags = message.u8(5);
  line.print(" flags [{}] 0x{:02x}", bit_names(kFlags, flags, ", ", "none"), flags);
  if ((flags & 0x80) == 0) return;
  if (message.length() < 10)
    return line.print(" (too short for EAP {} request/response with length)", what);
  line.print(", len {}", message.u32(6));
}

void print_tls(Line& line, const View& message) {
  if (!has(line, message, "TLS/TTLS")) return;
  if (message.u8(4) == kTtls) line.print(" TTLSv{}", message.u8(5) & 7);
  print_tls_flags(line, message, "TLS/TTLS");
}

void print_fast(Line& line, const View& message) {
  if (!has(line, message, "FAST")) return;
  line.print(" FASTv{}", message.u8(5) & 7);
  print_tls_flags(line, message, "FAST");
}

void print_sim(Line& line, const View& message) {
  static constexpr Named kSubtypes[] = {
      {1, "Challenge"},     {2, "Auth reject"}, {4, "Sync failure"},
      {5, "Identity"},      {10, "Start"},      {11, "Challenge"},
      {12, "Notification"}, {13, "Reauth"},     {14, "Client error"},
  };
  if (!has(line, message, "SIM/AKA")) return;
  const std::uint8_t subtype = message.u8(5);
  line.print(" subtype [{}] 0x{:02x}", name_of(kSubtypes, subtype, "unknown"), subtype);
}

struct Type {
  std::uint8_t type;
  void (*print)(Line&, const View&);
};
constexpr Type kPrinters[] = {
    {1, print_identity}, {2, print_notification}, {3, print_nak},  {13, print_tls},
    {kTtls, print_tls},  {43, print_fast},        {23, print_sim}, {18, print_sim},
};

}  // namespace

void print(Line& line, const View& message) {
  const std::uint8_t code = message.u8(0);
  const std::size_t length = message.u16(2);
  // A long message is spread over several attributes, of which only the first has the header.
  if (length != message.length()) return line.put("EAP fragment?");
  line.print("{} ({}), id {}, len {}", name_of(kCodes, code, "unknown"), code, message.u8(1),
             length);
  if (length < 4) return line.put(" (too short for EAP header)");
  if (!message.has(0, length)) return line.put_cut();
  if (code != kRequest && code != kResponse) return;
  if (length < 5) return line.put(" (too short for EAP request/response)");
  const std::uint8_t type = message.u8(4);
  line.print("\n\t\t Type {} ({})", type_text(type), type);
  const auto found = std::ranges::find(kPrinters, type, &Type::type);
  if (found != std::ranges::end(kPrinters)) found->print(line, message);
}

}  // namespace weir::packet::eap_message
