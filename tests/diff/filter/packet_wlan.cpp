// 802.11 frames of every type, and the radiotap header before them.
#include <array>

#include "diff/filter/packet_parts.h"
#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using namespace values;

constexpr std::uint32_t kData = 2;
constexpr std::uint32_t kFromAndToDs = 3;
constexpr std::uint32_t kQosBit = 8;

void write_data_body(Builder& b, std::uint32_t subtype, std::uint32_t direction) {
  if (direction == kFromAndToDs) b.mac(b.choices.pick(kMacs));
  if ((subtype & kQosBit) != 0) b.u16(b.choices.below(8));
  write_llc(b);
}

}  // namespace

// IEEE 802.11-2020, 9.2.4.1: version, type and subtype in the first byte, direction in the second.
void write_wlan(Builder& b) {
  const std::uint32_t type = b.choices.chance(60) ? kData : b.choices.below(4);
  const std::uint32_t subtype = b.choices.chance(50) ? 0 : b.choices.below(16);
  const std::uint32_t direction = b.choices.below(4);
  b.u8(subtype << 4 | type << 2);
  b.u8(direction | (b.choices.chance(15) ? 0x40 : 0));
  b.u16(b.choices.word());
  for (int address = 0; address != 3; ++address) b.mac(b.choices.pick(kMacs));
  b.u16(b.choices.word());
  if (type == kData) return write_data_body(b, subtype, direction);
  write_payload(b);
}

// Radiotap: version, pad, little-endian length of the whole header, present flags, fields.
void write_radiotap(Builder& b) {
  const std::uint32_t fields = b.choices.below(24);
  b.u8(0);
  b.u8(0);
  b.le16(8 + fields);
  b.le32(b.choices.word() & 0x7fffffff);
  b.noise(fields);
  write_wlan(b);
}

}  // namespace weir::difftest
