#include "os/ring_block.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "base/check.h"
#include "base/reader.h"

namespace weir::os {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kStatusOffset =
    offsetof(tpacket_block_desc, hdr) + offsetof(tpacket_hdr_v1, block_status);
constexpr std::size_t kAddressOffset = TPACKET_ALIGN(sizeof(tpacket3_hdr));

std::atomic_ref<std::uint32_t> status_of(std::span<std::byte> block) {
  WEIR_CHECK(block.size() >= sizeof(tpacket_block_desc));
  return std::atomic_ref(*reinterpret_cast<std::uint32_t*>(block.data() + kStatusOffset));
}

// REQUIRES: at least sizeof(T) bytes.
template <typename T>
T copy_of(std::span<const std::byte> bytes) {
  T out;
  std::memcpy(&out, bytes.data(), sizeof out);
  return out;
}

RingAddress address_of(std::span<const std::byte> bytes) {
  const auto from = copy_of<sockaddr_ll>(bytes);
  RingAddress out{.protocol = ntohs(from.sll_protocol),
                  .interface_index = static_cast<std::uint32_t>(from.sll_ifindex),
                  .hardware_type = from.sll_hatype,
                  .packet_type = from.sll_pkttype,
                  .address_length = from.sll_halen,
                  .address = {}};
  std::memcpy(out.address.data(), from.sll_addr, out.address.size());
  return out;
}

// Kernels before 3.14 do not tell the TPID; it is 802.1Q's then.
std::optional<VlanTag> tag_of(const tpacket3_hdr& header) {
  if ((header.tp_status & TP_STATUS_VLAN_VALID) == 0) return std::nullopt;
  const bool known = (header.tp_status & TP_STATUS_VLAN_TPID_VALID) != 0;
  return VlanTag{.tpid = known ? header.hv1.tp_vlan_tpid : std::uint16_t{ETH_P_8021Q},
                 .tci = static_cast<std::uint16_t>(header.hv1.tp_vlan_tci)};
}

}  // namespace

RingBlock::RingBlock(std::span<std::byte> bytes) : bytes_(bytes) {
  if (bytes.size() < sizeof(tpacket_block_desc)) return;
  const auto description = copy_of<tpacket_block_desc>(bytes);
  left_ = description.hdr.bh1.num_pkts;
  at_ = description.hdr.bh1.offset_to_first_pkt;
}

bool RingBlock::next(RingFrame& out) {
  constexpr std::size_t kSpace = kAddressOffset + sizeof(sockaddr_ll);
  if (left_ == 0 || at_ > bytes_.size() || bytes_.size() - at_ < kSpace) return false;
  const auto frame = bytes_.subspan(at_);
  const auto header = copy_of<tpacket3_hdr>(frame);
  const std::size_t end = std::size_t{header.tp_mac} + header.tp_snaplen;
  if (header.tp_mac < kSpace || end > frame.size()) return false;
  --left_;
  at_ += header.tp_next_offset;
  out = {.space = frame.subspan(kSpace, end - kSpace),
         .begin = header.tp_mac - kSpace,
         .wire_length = header.tp_len,
         .time_ns = static_cast<std::int64_t>(header.tp_sec) * kSecond + header.tp_nsec,
         .stripped_tag = tag_of(header),
         .address = address_of(frame.subspan(kAddressOffset))};
  return true;
}

std::optional<Error> RingBlock::damage() const {
  if (left_ == 0) return std::nullopt;
  return fail("the kernel's ring of packets holds a frame that leads outside of its block").error();
}

bool is_ours(std::span<std::byte> block) {
  return (status_of(block).load(std::memory_order_acquire) & TP_STATUS_USER) != 0;
}

void give_back(std::span<std::byte> block) {
  status_of(block).store(TP_STATUS_KERNEL, std::memory_order_release);
}

}  // namespace weir::os
