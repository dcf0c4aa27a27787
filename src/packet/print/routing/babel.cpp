// Babel (RFC 8966): which messages a packet holds.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::babel {
namespace {

constexpr Field kFields[] = {
    {.name = "babel.version", .offset = 1, .size = 1},
    {.name = "babel.length", .offset = 2, .size = 2},
};
constexpr Protocol kBabel{.name = "babel", .fields = kFields};
constexpr Field kMessageType{.name = "babel.message.type"};

constexpr std::size_t kHeader = 4;
constexpr std::uint8_t kMagic = 42;
constexpr unsigned kPad1 = 0, kUpdate = 8;

constexpr std::string_view kMessages[] = {
    "pad1",
    "padN",
    "ack-req",
    "ack",
    "hello",
    "ihu",
    "router-id",
    "nh",
    "update",
    "route-request",
    "seqno-request",
    "tspc",
    "hmac",
    "ss-update",
    "ss-request",
    "ss-mh-request",
    "mac",
    "pc",
    "challenge_request",
    "challenge_reply",
};

enum class Read { kGood, kCut, kInvalid };

// False when the message is too short.
bool print_update(Line& line, const View& message) {
  constexpr std::size_t kSize = 12;
  if (message.length() < kSize) return false;
  const unsigned flags = message.u8(3);
  line.print("{}{}{}", (flags & 0x80) != 0 ? "/prefix" : "", (flags & 0x40) != 0 ? "/id" : "",
             (flags & 0x3f) != 0 ? "/unknown" : "");
  return true;
}

Read print_messages(Line& line, View rest) {
  while (rest.length() != 0 && !line.cut()) {
    const unsigned type = rest.u8(0);
    std::size_t size = 1;
    if (type != kPad1) {
      if (rest.length() < 2) return Read::kInvalid;
      if (!rest.has(0, 2)) return Read::kCut;
      size = 2u + rest.u8(1);
      if (rest.length() < size) return Read::kInvalid;
      if (!rest.has(0, size)) return Read::kCut;
    }
    line.field(kMessageType, rest, 0, 1);
    line.put(line.verbose() ? "\n\t" : " ");
    line.put(type < std::size(kMessages) ? kMessages[type] : "unknown");
    if (type == kUpdate && !print_update(line, rest.claiming(size))) return Read::kInvalid;
    rest = rest.from(size);
  }
  return Read::kGood;
}

Read print_version2(Line& line, const View& view) {
  if (view.length() < kHeader) return Read::kInvalid;
  const std::size_t length = view.u16(2);
  line.print(" ({})", length);
  const View body = view.from(kHeader);
  if (body.length() < length) return Read::kInvalid;
  const Read read = print_messages(line, body.claiming(length));
  const View trailer = body.from(length);
  if (read != Read::kGood || trailer.length() == 0) return read;
  line.put(line.verbose() ? "\n\t----" : " |");
  return print_messages(line, trailer);
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kBabel, view);
  line.put("babel");
  if (!view.has(0, kHeader)) return line.put_cut();
  if (view.u8(0) != kMagic) return line.put(" invalid header");
  const unsigned version = view.u8(1);
  line.print(" {}", version);
  if (version != 2) return line.put(" unknown version");
  const Read read = print_version2(line, view);
  if (read == Read::kCut) line.put_cut();
  if (read == Read::kInvalid) line.put_invalid();
}

}  // namespace weir::packet::babel
