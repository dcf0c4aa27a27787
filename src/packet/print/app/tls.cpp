// TLS (RFC 8446): hellos, with the names in their extensions, and alerts. A hello that goes on in
// another segment is shown as far as it is there.
#include <algorithm>
#include <optional>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::tls {
namespace {

constexpr Field kFields[] = {
    {.name = "tls.record.content_type", .offset = 0, .size = 1},
    {.name = "tls.record.version", .offset = 1, .size = 2, .show = Show::kHex},
    {.name = "tls.record.length", .offset = 3, .size = 2},
};
constexpr Protocol kTls{.name = "tls", .fields = kFields};
constexpr Field kHandshakeType{.name = "tls.handshake.type"};
constexpr Field kVersion{.name = "tls.handshake.version", .show = Show::kHex};
constexpr Field kCipher{.name = "tls.handshake.ciphersuite", .show = Show::kHex};
constexpr Field kServerName{.name = "tls.handshake.extensions_server_name", .show = Show::kText};
constexpr Field kProtocolName{.name = "tls.handshake.extensions_alpn_str", .show = Show::kText};
constexpr Field kAlert{.name = "tls.alert_message.desc"};

constexpr std::size_t kRecordHeader = 5;
constexpr std::size_t kMaxRecord = 16384 + 2048;
constexpr std::uint8_t kAlertRecord = 21, kHandshakeRecord = 22;
constexpr std::uint8_t kClientHello = 1, kServerHello = 2;

enum Extension : std::uint16_t { kServerNameList = 0, kProtocolList = 16, kVersionList = 43 };

constexpr Named kAlerts[] = {
    {0, "close notify"},
    {10, "unexpected message"},
    {20, "bad record mac"},
    {21, "decryption failed"},
    {22, "record overflow"},
    {30, "decompression failure"},
    {40, "handshake failure"},
    {41, "no certificate"},
    {42, "bad certificate"},
    {43, "unsupported certificate"},
    {44, "certificate revoked"},
    {45, "certificate expired"},
    {46, "certificate unknown"},
    {47, "illegal parameter"},
    {48, "unknown ca"},
    {49, "access denied"},
    {50, "decode error"},
    {51, "decrypt error"},
    {60, "export restriction"},
    {70, "protocol version"},
    {71, "insufficient security"},
    {80, "internal error"},
    {86, "inappropriate fallback"},
    {90, "user canceled"},
    {100, "no renegotiation"},
    {109, "missing extension"},
    {110, "unsupported extension"},
    {111, "certificate unobtainable"},
    {112, "unrecognized name"},
    {113, "bad certificate status response"},
    {114, "bad certificate hash value"},
    {115, "unknown psk identity"},
    {116, "certificate required"},
    {120, "no application protocol"},
};
constexpr Named kVersions[] = {
    {0x0300, "SSL 3.0"}, {0x0301, "TLS 1.0"}, {0x0302, "TLS 1.1"},
    {0x0303, "TLS 1.2"}, {0x0304, "TLS 1.3"},
};

// Values that clients make up so that servers learn to ignore what they do not know (RFC 8701).
bool is_grease(std::uint16_t value) {
  return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

// Reads forwards through what is there; a read that fails yields nothing, and marks nothing.
class Reader {
 public:
  explicit Reader(const View& view) : view_(view.first(std::min(view.length(), view.captured()))) {}

  bool is_done() const { return view_.length() == 0; }
  std::optional<std::uint16_t> u8() {
    if (!view_.has(0, 1)) return {};
    const std::uint16_t value = view_.u8(0);
    view_ = view_.from(1);
    return value;
  }
  std::optional<std::uint16_t> u16() {
    if (!view_.has(0, 2)) return {};
    const std::uint16_t value = view_.u16(0);
    view_ = view_.from(2);
    return value;
  }
  // As much as is there of `size` bytes.
  View take(std::size_t size) {
    const View out = view_.first(std::min(size, view_.length()));
    view_ = view_.from(size);
    return out;
  }
  View take_after_u8() { return take(u8().value_or(0)); }
  View take_after_u16() { return take(u16().value_or(0)); }

 private:
  View view_;
};

struct Hello {
  bool is_client;
  std::uint16_t version;
  std::optional<std::uint16_t> cipher;  // that a server chose
  std::optional<View> server_name;
  std::optional<View> protocols;  // each behind a byte of length
};

// A client tells all versions that it knows, a server the one that it chose.
void read_versions(Reader reader, Hello& hello) {
  if (!hello.is_client) {
    hello.version = reader.u16().value_or(hello.version);
    return;
  }
  Reader list(reader.take_after_u8());
  std::uint16_t highest = 0;
  while (const auto version = list.u16()) {
    if (!is_grease(*version)) highest = std::max(highest, *version);
  }
  if (highest != 0) hello.version = highest;
}

void read_server_name(Reader reader, Hello& hello) {
  Reader list(reader.take_after_u16());
  const auto kind = list.u8();
  if (kind == std::uint16_t{0}) hello.server_name = list.take_after_u16();
}

void read_extensions(Reader reader, Hello& hello) {
  while (!reader.is_done()) {
    const auto type = reader.u16();
    const View data = reader.take_after_u16();
    if (!type) return;
    if (*type == kServerNameList && hello.is_client) read_server_name(Reader(data), hello);
    if (*type == kProtocolList) hello.protocols = Reader(data).take_after_u16();
    if (*type == kVersionList) read_versions(Reader(data), hello);
  }
}

// Behind the handshake's header.
std::optional<Hello> read_hello(const View& body, bool is_client) {
  constexpr std::size_t kRandom = 32;
  Reader reader(body);
  const auto version = reader.u16();
  if (!version) return {};
  Hello hello{.is_client = is_client,
              .version = *version,
              .cipher = {},
              .server_name = {},
              .protocols = {}};
  reader.take(kRandom);
  reader.take_after_u8();  // session
  if (is_client) {
    reader.take_after_u16();  // cipher suites
    reader.take_after_u8();   // compression methods
  } else {
    hello.cipher = reader.u16();
    reader.take(1);
  }
  read_extensions(Reader(reader.take_after_u16()), hello);
  return hello;
}

void put_name(Line& line, const View& name, const Field& field) {
  line.field(field, name, 0, name.length());
  line.escaped(name.bytes(0, name.length()));
}

void print_protocols(Line& line, const View& protocols) {
  line.put(", ALPN ");
  Reader reader(protocols);
  for (bool is_first = true; !reader.is_done(); is_first = false) {
    if (!is_first) line.put(',');
    put_name(line, reader.take_after_u8(), kProtocolName);
  }
}

void print_hello(Line& line, const View& record, const View& handshake) {
  constexpr std::size_t kHandshakeHeader = 4;
  const bool is_client = handshake.u8(0) == kClientHello;
  const View body = handshake.from(kHandshakeHeader);
  const auto hello = read_hello(body, is_client);
  if (!hello) return;
  line.begin_layer(kTls, record);
  line.field(kHandshakeType, handshake, 0, 1);
  line.field(kVersion, body, 0, 2, std::uint64_t{hello->version});
  line.print(": {} {} hello", named(kVersions, hello->version, "TLS version 0x{:04x}"),
             is_client ? "client" : "server");
  if (hello->cipher) {
    line.field(kCipher, body, 0, 2, std::uint64_t{*hello->cipher});
    line.print(", cipher 0x{:04x}", *hello->cipher);
  }
  if (hello->server_name) {
    line.put(", SNI ");
    put_name(line, *hello->server_name, kServerName);
  }
  if (hello->protocols) print_protocols(line, *hello->protocols);
}

// Once there are keys, it cannot be read.
void print_alert(Line& line, const View& body) {
  constexpr std::size_t kPlainAlert = 2;
  constexpr unsigned kWarning = 1, kFatal = 2;
  if (body.length() != kPlainAlert) return line.put(": TLS alert, encrypted");
  const unsigned level = body.u8(0);
  const unsigned description = body.u8(1);
  if (level != kWarning && level != kFatal) return;
  line.field(kAlert, body, 1, 1);
  line.print(": TLS alert, {}, {} ({})", level == kFatal ? "fatal" : "warning",
             name_of(kAlerts, description, "unknown"), description);
}

bool looks_like_record(const View& view) {
  if (view.length() < kRecordHeader || !view.has(0, kRecordHeader + 1)) return false;
  const unsigned type = view.u8(0);
  const std::size_t length = view.u16(3);
  return (type == kAlertRecord || type == kHandshakeRecord) && view.u8(1) == 3 && view.u8(2) <= 4 &&
         length >= 2 && length <= kMaxRecord;
}

}  // namespace

void print(Line& line, const View& view) {
  if (!looks_like_record(view)) return;
  const std::size_t length = view.u16(3);
  const View body = view.from(kRecordHeader).first(length);
  if (view.u8(0) == kAlertRecord) {
    if (!body.has(0, 2)) return;
    line.begin_layer(kTls, view);
    return print_alert(line, body);
  }
  const std::uint8_t type = body.u8(0);
  if (type == kClientHello || type == kServerHello) print_hello(line, view, body);
}

}  // namespace weir::packet::tls
