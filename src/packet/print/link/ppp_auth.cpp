// Who is there: CHAP (RFC 1994) and PAP (RFC 1334).
#include "packet/print/link/ppp.h"

namespace weir::packet::ppp {
namespace {

constexpr Field kChapCode{.name = "chap.code"};
constexpr Field kChapIdentifier{.name = "chap.identifier"};
constexpr Field kChapValue{.name = "chap.value", .show = Show::kBytes};
constexpr Field kPapCode{.name = "pap.code"};
constexpr Field kPapIdentifier{.name = "pap.identifier"};

constexpr std::size_t kAuthHeader = 4;

constexpr std::uint8_t kChallenge = 1, kResponse = 2, kSuccess = 3, kFailure = 4;
constexpr Named kChapCodes[] = {
    {kChallenge, "Challenge"}, {kResponse, "Response"}, {kSuccess, "Success"}, {kFailure, "Fail"}};

constexpr std::uint8_t kAuthenticate = 1, kAccept = 2, kRefuse = 3;
constexpr Named kPapCodes[] = {
    {kAuthenticate, "Auth-Req"}, {kAccept, "Auth-ACK"}, {kRefuse, "Auth-NACK"}};

void put_characters(Line& line, const View& view, std::size_t at, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = view.bytes(at + i, 1);
    if (line.cut()) return;
    line.escaped(byte);
  }
}

// False when the header is cut short, which it then says.
bool has_auth_header(Line& line, const View& view, std::string_view name) {
  if (view.length() >= kAuthHeader) return true;
  if (view.length() == 0) {
    line.print("[|{}]", name);
  } else {
    line.print("[|{} 0x{:02x}]", name, view.u8(0));
  }
  return false;
}

void print_chap_value(Line& line, const View& view, std::size_t length) {
  constexpr std::size_t kValue = kAuthHeader + 1;
  if (view.length() < kValue) return;
  const std::size_t size = view.u8(kAuthHeader);
  if (line.cut() || view.length() - kValue < size) return;
  line.put(", Value ");
  line.field(kChapValue, view, kValue, size);
  for (std::size_t i = 0; i < size && !line.cut(); ++i) line.print("{:02x}", view.u8(kValue + i));
  line.put(", Name ");
  put_characters(line, view, kValue + size, length - kValue - size);
}

// A number of bytes and then those; false when the packet does not hold them.
bool print_pap_text(Line& line, const View& view, std::size_t& at, std::size_t length,
                    std::string_view what) {
  if (length <= at) return false;
  const std::size_t size = view.u8(at);
  ++at;
  if (line.cut() || length - at < size) return false;
  line.put(what);
  put_characters(line, view, at, size);
  at += size;
  return !line.cut();
}

void print_pap_data(Line& line, const View& view, std::uint8_t code, std::size_t length) {
  std::size_t at = kAuthHeader;
  if (code == kAuthenticate) {
    if (length < 6) return line.put("[|pap]");
    if (print_pap_text(line, view, at, length, ", Peer "))
      print_pap_text(line, view, at, length, ", Name ");
  } else if (code == kAccept || code == kRefuse) {
    if (length < 5) return line.put("[|pap]");
    print_pap_text(line, view, at, length, ", Msg ");
  }
}

}  // namespace

void print_chap(Line& line, const View& view) {
  if (!has_auth_header(line, view, "chap")) return;
  const std::uint8_t code = view.u8(0);
  line.field(kChapCode, view, 0, 1);
  line.field(kChapIdentifier, view, 1, 1);
  line.print("CHAP, {} (0x{:02x})", name_of(kChapCodes, code, "unknown"), code);
  line.print(", id {}", view.u8(1));
  const std::size_t length = view.u16(2);
  if (line.cut()) return;
  if (code == kChallenge || code == kResponse) {
    print_chap_value(line, view, length);
  } else if (code == kSuccess || code == kFailure) {
    line.put(", Msg ");
    put_characters(line, view, kAuthHeader, length - kAuthHeader);
  }
}

void print_pap(Line& line, const View& view) {
  if (!has_auth_header(line, view, "pap")) return;
  const std::uint8_t code = view.u8(0);
  line.field(kPapCode, view, 0, 1);
  line.field(kPapIdentifier, view, 1, 1);
  line.print("PAP, {} (0x{:02x})", name_of(kPapCodes, code, "unknown"), code);
  line.print(", id {}", view.u8(1));
  const std::size_t length = view.u16(2);
  if (line.cut()) return;
  if (length > view.length()) return line.print(", length {} > packet size", length);
  if (length < kAuthHeader) return line.print(", length {} < PAP header length", length);
  print_pap_data(line, view, code, length);
}

}  // namespace weir::packet::ppp
