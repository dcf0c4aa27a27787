#include "capture/frame.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "base/endian.h"
#include "base/writer.h"

namespace weir::capture {
namespace {

constexpr std::uint32_t kTagBytes = 4;
constexpr LinkType kCan{227};

// Where a VLAN tag stands; as in libpcap, not at all in LINUX_SLL2.
std::optional<std::size_t> tag_offset(LinkType link_type) {
  switch (link_type) {
    case LinkType::kEn10mb:
      return 12;
    case LinkType::kLinuxSll:
      return 14;
    default:
      return std::nullopt;
  }
}

// A frame's packet, which grows to the front.
class GrowingPacket {
 public:
  explicit GrowingPacket(const os::RingFrame& frame)
      : space_(frame.space), begin_(frame.begin), wire_length_(frame.wire_length) {}

  // False when there is no space.
  bool put_before(std::span<const std::byte> header) {
    if (!grow(header.size())) return false;
    std::ranges::copy(header, bytes().begin());
    return true;
  }

  bool insert(std::size_t at, std::span<const std::byte> tag) {
    if (bytes().size() < at) return true;  // cut off before it
    if (!grow(tag.size())) return false;
    std::memmove(bytes().data(), bytes().data() + tag.size(), at);
    std::ranges::copy(tag, bytes().subspan(at).begin());
    return true;
  }

  std::span<std::byte> bytes() const { return space_.subspan(begin_); }
  std::uint32_t wire_length() const { return wire_length_; }

 private:
  bool grow(std::size_t size) {
    if (begin_ < size) return false;
    begin_ -= size;
    wire_length_ += static_cast<std::uint32_t>(size);
    return true;
  }

  std::span<std::byte> space_;
  std::size_t begin_;
  std::uint32_t wire_length_;
};

// https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html
void write_sll(const os::RingAddress& address, ByteWriter& out) {
  out.u16(address.packet_type);
  out.u16(address.hardware_type);
  out.u16(address.address_length);
  out.append(address.address);
  out.u16(address.protocol);
}

// https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html
void write_sll2(const os::RingAddress& address, ByteWriter& out) {
  out.u16(address.protocol);
  out.u16(0);
  out.u32(address.interface_index);
  out.u16(address.hardware_type);
  out.u8(address.packet_type);
  out.u8(address.address_length);
  out.append(address.address);
}

bool put_header(CookedHeader header, const os::RingAddress& address, GrowingPacket& packet) {
  if (header == CookedHeader::kNone) return true;
  ByteWriter out;
  (header == CookedHeader::kSll ? write_sll : write_sll2)(address, out);
  return packet.put_before(out.bytes());
}

bool put_tag(const os::VlanTag& tag, LinkType link_type, GrowingPacket& packet) {
  const std::optional<std::size_t> at = tag_offset(link_type);
  if (!at) return true;
  std::byte bytes[kTagBytes];
  store(bytes, tag.tpid, std::endian::big);
  store(bytes + 2, tag.tci, std::endian::big);
  return packet.insert(*at, bytes);
}

// Its first field is in the host's byte order on the interface, and in the network's in a file.
void put_can_in_order(std::span<std::byte> bytes) {
  if (std::endian::native == std::endian::little && bytes.size() >= 4)
    std::ranges::reverse(bytes.first(4));
}

}  // namespace

std::optional<Packet> packet_of(const os::RingFrame& frame, const FrameShape& shape) {
  GrowingPacket packet(frame);
  if (shape.link_type.type == kCan) put_can_in_order(packet.bytes());
  const bool done =
      put_header(shape.link_type.header, frame.address, packet) &&
      (!frame.stripped_tag || put_tag(*frame.stripped_tag, shape.link_type.type, packet));
  if (!done) return std::nullopt;
  constexpr std::int64_t kMicrosecond = 1000;
  return Packet{
      .bytes = packet.bytes().first(std::min<std::size_t>(packet.bytes().size(), shape.snaplen)),
      .wire_length = packet.wire_length(),
      .time_ns = shape.nanoseconds ? frame.time_ns : frame.time_ns - frame.time_ns % kMicrosecond,
      .link_type = shape.link_type.type,
      .interface_id = shape.interface_id,
      .direction = frame.address.packet_type == os::kPacketOutgoing ? Direction::kOutbound
                                                                    : Direction::kInbound};
}

}  // namespace weir::capture
