// MACsec (IEEE 802.1AE). Nothing is decrypted.
#include "packet/print/link/macsec.h"

#include "packet/print/named.h"

namespace weir::packet::macsec {
namespace {

constexpr Field kFields[] = {
    {.name = "macsec.TCI", .offset = 0, .size = 1, .show = Show::kHex, .mask = 0xfc},
    {.name = "macsec.AN", .offset = 0, .size = 1, .mask = 0x03},
    {.name = "macsec.SL", .offset = 1, .size = 1},
    {.name = "macsec.PN", .offset = 2, .size = 4},
};
constexpr Protocol kMacsec{.name = "macsec", .fields = kFields};
constexpr Field kChannel{.name = "macsec.SCI", .show = Show::kHex};

constexpr std::size_t kShortTag = 6, kLongTag = 14;
constexpr std::size_t kCheckValue = 16;  // behind the payload

constexpr std::uint8_t kVersion = 0x80, kHasChannel = 0x20, kConfidential = 0x0c;
constexpr std::uint8_t kLengthMask = 0x3f;
constexpr Named kFlags[] = {{0x08, "E"}, {0x04, "C"}, {0x40, "S"}, {0x10, "B"}, {kHasChannel, "I"}};

bool holds(const View& view, std::size_t size) {
  return view.captured() >= size && view.length() >= size;
}

void put_tag(Line& line, const View& tag) {
  const std::uint8_t control = tag.u8(0);
  line.print("an {}, pn {}, flags {}", control & 3, tag.u32(2),
             bit_names(kFlags, control, "", "none"));
  if (const std::uint8_t length = tag.u8(1); length != 0) line.print(", sl {}", length);
  if ((control & kHasChannel) != 0) line.print(", sci {:016x}", tag.u64(6));
  line.put(", ");
}

void put_encrypted(Line& line, const View& tag, std::span<const std::byte> source,
                   std::span<const std::byte> destination) {
  line.station(source);
  line.put(" > ");
  line.station(destination);
  line.put(" 802.1AE MACsec, ");
  put_tag(line, tag);
}

Outcome cut_short(Line& line) {
  line.put_cut();
  return Outcome::kBroken;
}

}  // namespace

Outcome print(Line& line, View& rest, std::span<const std::byte> source,
              std::span<const std::byte> destination) {
  const View tag = rest;
  line.begin_layer(kMacsec, tag);
  if (!holds(tag, kShortTag)) return cut_short(line);
  const std::uint8_t control = tag.u8(0);
  const std::size_t size = (control & kHasChannel) != 0 ? kLongTag : kShortTag;
  if (!holds(tag, size)) return cut_short(line);
  if (size == kLongTag) line.field(kChannel, tag, 6, 8);
  if ((tag.u8(1) & ~kLengthMask) != 0 || (control & kVersion) != 0) {
    line.put_invalid();
    return Outcome::kBroken;
  }
  if (line.options().link_header) put_tag(line, tag);
  rest = rest.from(size);
  if ((control & kConfidential) != 0) {
    if (!line.options().link_header) put_encrypted(line, tag, source, destination);
    return Outcome::kEncrypted;
  }
  if (!holds(rest, kCheckValue)) return cut_short(line);
  rest = rest.limited_to(rest.captured() - kCheckValue).claiming(rest.length() - kCheckValue);
  const std::size_t short_length = tag.u8(1);
  if (short_length != 0) {
    if (!holds(rest, short_length)) return cut_short(line);
    rest = rest.first(short_length);
  }
  return Outcome::kReadable;
}

}  // namespace weir::packet::macsec
