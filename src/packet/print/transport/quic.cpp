// QUIC: packets with a long header (RFC 8999, 9000, 9369).
#include <optional>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::quic {
namespace {

constexpr Field kFields[] = {
    {.name = "quic.header_form", .offset = 0, .size = 1, .mask = 0x80},
    {.name = "quic.version", .offset = 1, .size = 4, .show = Show::kHex},
};
constexpr Protocol kQuic{.name = "quic", .fields = kFields};
constexpr Field kPacketType{.name = "quic.long.packet_type"};
constexpr Field kDestination{.name = "quic.dcid", .show = Show::kBytes};
constexpr Field kSource{.name = "quic.scid", .show = Show::kBytes};
constexpr Field kSupported{.name = "quic.supported_version", .show = Show::kHex};

constexpr std::uint32_t kNegotiation = 0;
constexpr std::uint32_t kVersion1 = 1, kVersion2 = 0x6b3343cf;
constexpr std::uint32_t kDraftMask = 0xffffff00, kDraft = 0xff000000;
constexpr std::uint8_t kLongHeader = 0x80, kFixedBit = 0x40;
constexpr std::size_t kMaxId = 20;  // of the versions that are known
constexpr std::size_t kHeader = 7;  // with two identifiers of no length

constexpr std::string_view kTypes[] = {"initial", "0-RTT", "handshake", "retry"};

bool is_draft(std::uint32_t version) { return (version & kDraftMask) == kDraft; }
bool is_known(std::uint32_t version) {
  return version == kVersion1 || version == kVersion2 || is_draft(version);
}

std::string version_text(std::uint32_t version) {
  if (version == kVersion1) return "1";
  if (version == kVersion2) return "2";
  if (is_draft(version)) return fmt::format("draft {}", version & ~kDraftMask);
  return fmt::format("0x{:08x}", version);
}

// Where the identifiers stand, when all of them are there.
struct Ids {
  std::size_t destination_size;
  std::size_t source_at;
  std::size_t source_size;

  std::size_t end() const { return source_at + source_size; }
};

std::optional<Ids> find_ids(const View& view) {
  constexpr std::size_t kFirst = 6;
  const std::size_t destination_size = view.u8(kFirst - 1);
  const std::size_t source_length_at = kFirst + destination_size;
  if (!view.has(source_length_at, 1)) return {};
  const Ids ids{.destination_size = destination_size,
                .source_at = source_length_at + 1,
                .source_size = view.u8(source_length_at)};
  if (!view.has(0, ids.end()) || ids.end() > view.length()) return {};
  return ids;
}

bool looks_like(const View& view, const Ids& ids, bool is_expected) {
  const std::uint32_t version = view.u32(1);
  if (version == kNegotiation)
    return (view.length() - ids.end()) % 4 == 0 && view.length() > ids.end();
  if (is_known(version))
    return (view.u8(0) & kFixedBit) != 0 && ids.destination_size <= kMaxId &&
           ids.source_size <= kMaxId;
  return is_expected;
}

void put_id(Line& line, const View& view, std::size_t at, std::size_t size, std::string_view name,
            const Field& field) {
  line.print(", {} ", name);
  if (size == 0) return line.put("none");
  line.field(field, view, at, size);
  line.text().hex(view.bytes(at, size));
}

void put_ids(Line& line, const View& view, const Ids& ids) {
  put_id(line, view, 6, ids.destination_size, "DCID", kDestination);
  put_id(line, view, ids.source_at, ids.source_size, "SCID", kSource);
}

void print_negotiation(Line& line, const View& view, const Ids& ids) {
  line.put(": QUIC version negotiation");
  put_ids(line, view, ids);
  line.put(", versions ");
  for (std::size_t at = ids.end(); view.has(at, 4) && at + 4 <= view.length(); at += 4) {
    line.field(kSupported, view, at, 4);
    if (at != ids.end()) line.put(',');
    line.put(version_text(view.u32(at)));
  }
}

// Version 2 has its types in another order.
void print_packet(Line& line, const View& view, const Ids& ids) {
  const std::uint32_t version = view.u32(1);
  line.print(": QUIC {}", version_text(version));
  if (is_known(version)) {
    const unsigned bits = view.u8(0) >> 4 & 3u;
    const unsigned type = version == kVersion2 ? (bits + 3) % 4 : bits;
    line.field(kPacketType, view, 0, 1, std::uint64_t{bits});
    line.print(" {}", kTypes[type]);
  }
  put_ids(line, view, ids);
}

}  // namespace

void print(Line& line, const View& view, bool is_expected) {
  if (view.length() < kHeader || !view.has(0, kHeader) || (view.u8(0) & kLongHeader) == 0) return;
  const std::uint32_t version = view.u32(1);
  if (!is_expected && !is_known(version)) return;
  const auto ids = find_ids(view);
  if (!ids || !looks_like(view, *ids, is_expected)) return;
  line.begin_layer(kQuic, view);
  if (version == kNegotiation) return print_negotiation(line, view, *ids);
  print_packet(line, view, *ids);
}

}  // namespace weir::packet::quic
