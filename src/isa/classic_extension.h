// Loads that Linux answers from what it knows beside the bytes of the packet: `ldb [k]` with k in a
// range that no packet reaches (SKF_* of linux/filter.h). They mean nothing in a filter over a
// file.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::isa {

// Where the ranges begin, as values of `k`.
inline constexpr std::uint32_t kLinkLayerBase =
    0xffe00000;                                            // SKF_LL_OFF: from the link-layer header
inline constexpr std::uint32_t kNetworkBase = 0xfff00000;  // SKF_NET_OFF: from the network header
inline constexpr std::uint32_t kExtensionBase = 0xfffff000;  // SKF_AD_OFF: one value each, below

// Distances from kExtensionBase (SKF_AD_*).
enum class Extension : std::uint8_t {
  kProtocol = 0,
  kPacketType = 4,
  kInterfaceIndex = 8,
  kNetlinkAttribute = 12,
  kNestedAttribute = 16,
  kMark = 20,
  kQueue = 24,
  kHardwareType = 28,
  kReceiveHash = 32,
  kCpu = 36,
  kXorX = 40,
  kVlanTci = 44,
  kVlanPresent = 48,
  kPayloadOffset = 52,
  kRandom = 56,
  kVlanTpid = 60,
};

struct ExtensionInfo {
  Extension extension;
  std::string_view name;         // in the kernel's assembler, bpf_asm; empty when it has none
  std::string_view listing;      // in tcpdump -d
  std::string_view description;  // what the load yields
};

inline constexpr auto kExtensions = std::to_array<ExtensionInfo>({
    {Extension::kProtocol, "proto", "proto", "ethertype of the packet"},
    {Extension::kPacketType, "type", "type", "to this host, broadcast, multicast, other, outgoing"},
    {Extension::kInterfaceIndex, "ifidx", "ifidx", "index of the interface"},
    {Extension::kNetlinkAttribute, "nla", "nla", "offset of netlink attribute X, searched from A"},
    {Extension::kNestedAttribute, "nlan", "nlan", "offset of attribute X inside the one at A"},
    {Extension::kMark, "mark", "mark", "firewall mark"},
    {Extension::kQueue, "queue", "queue", "receive queue"},
    {Extension::kHardwareType, "hatype", "hatype", "ARPHRD_ type of the interface"},
    {Extension::kReceiveHash, "rxhash", "rxhash", "flow hash"},
    {Extension::kCpu, "cpu", "cpu", "processor that runs the filter"},
    {Extension::kXorX, "", "xor_x", "A exclusive-or X"},
    {Extension::kVlanTci, "vlan_tci", "vlan_tci", "VLAN tag that the stack took off the packet"},
    {Extension::kVlanPresent, "vlan_avail", "vlanp", "1 when a VLAN tag was taken off"},
    {Extension::kPayloadOffset, "poff", "poff", "offset of the payload"},
    {Extension::kRandom, "rand", "random", "a random number"},
    {Extension::kVlanTpid, "vlan_tpid", "vlan_tpid", "ethertype of the VLAN tag taken off"},
});

// The `k` of an absolute load of `extension`.
constexpr std::uint32_t extension_k(Extension extension) {
  return kExtensionBase + static_cast<std::uint32_t>(extension);
}

// By the `k` of an absolute load; nullptr when it is none of them.
const ExtensionInfo* find_extension(std::uint32_t k);
// By either name; also by bpf_asm's other spelling `vlan_pr`.
const ExtensionInfo* find_extension(std::string_view name);

}  // namespace weir::isa
