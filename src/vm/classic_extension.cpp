#include "vm/classic_extension.h"

#include "base/endian.h"

namespace weir::vm {
namespace {

using Bytes = std::span<const std::byte>;

// struct nlattr: length and type, native order, padded to four bytes (linux/netlink.h).
struct Attribute {
  static constexpr std::uint32_t kHeader = 4;
  static constexpr std::uint16_t kTypeMask = 0x3fff;

  std::uint16_t length;
  std::uint16_t type;

  static Attribute read(const std::byte* at) {
    return {load<std::uint16_t>(at, std::endian::native),
            load<std::uint16_t>(at + 2, std::endian::native)};
  }
  std::uint32_t padded() const { return (length + 3u) & ~3u; }
};

// Offset in `bytes` of the attribute of `type` among those in [begin, end); 0 when there is none,
// as nla_find() in the kernel's lib/nlattr.c would tell it.
std::uint32_t find_attribute(Bytes bytes, std::uint32_t begin, std::uint32_t end,
                             std::uint32_t type) {
  while (end - begin >= Attribute::kHeader) {
    const Attribute attribute = Attribute::read(bytes.data() + begin);
    if (attribute.length < Attribute::kHeader || attribute.length > end - begin) return 0;
    if ((attribute.type & Attribute::kTypeMask) == type) return begin;
    if (attribute.padded() > end - begin) return 0;
    begin += attribute.padded();
  }
  return 0;
}

// A is where to search, X is what; bpf_skb_get_nlattr() in the kernel's net/core/filter.c.
bool attribute_starts_at_a(Bytes bytes, const ClassicState& state) {
  return bytes.size() >= Attribute::kHeader && state.a <= bytes.size() - Attribute::kHeader;
}

std::uint32_t netlink_attribute(Bytes bytes, const ClassicState& state) {
  if (!attribute_starts_at_a(bytes, state)) return 0;
  return find_attribute(bytes, state.a, static_cast<std::uint32_t>(bytes.size()), state.x);
}

std::uint32_t nested_attribute(Bytes bytes, const ClassicState& state) {
  if (!attribute_starts_at_a(bytes, state)) return 0;
  const Attribute outer = Attribute::read(bytes.data() + state.a);
  if (outer.length > bytes.size() - state.a || outer.length < Attribute::kHeader) return 0;
  return find_attribute(bytes, state.a + Attribute::kHeader, state.a + outer.length, state.x);
}

}  // namespace

std::uint32_t extension_value(isa::Extension extension, const ClassicInput& input,
                              const ClassicState& state) {
  using enum isa::Extension;
  const ClassicMetadata& known = *input.metadata;
  switch (extension) {
    case kProtocol:
      return known.protocol;
    case kPacketType:
      return known.packet_type;
    case kInterfaceIndex:
      return known.interface_index;
    case kNetlinkAttribute:
      return netlink_attribute(input.bytes, state);
    case kNestedAttribute:
      return nested_attribute(input.bytes, state);
    case kMark:
      return known.mark;
    case kQueue:
      return known.queue;
    case kHardwareType:
      return known.hardware_type;
    case kReceiveHash:
      return known.receive_hash;
    case kCpu:
      return known.cpu;
    case kXorX:
      return state.a ^ state.x;
    case kVlanTci:
      return known.vlan_tci;
    case kVlanPresent:
      return known.vlan_present ? 1 : 0;
    case kPayloadOffset:
      return known.payload_offset;
    case kRandom:
      return known.random;
    case kVlanTpid:
      return known.vlan_tpid;
  }
  return 0;
}

}  // namespace weir::vm
