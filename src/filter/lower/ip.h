// IP and what it carries.
#pragma once

#include <cstdint>
#include <span>

#include "filter/lower/context.h"

namespace weir::filter::lower {

inline constexpr std::uint32_t kIpTcp = 6;
inline constexpr std::uint32_t kIpUdp = 17;
inline constexpr std::uint32_t kIpSctp = 132;
inline constexpr std::uint32_t kIp6Fragment = 44;

ConditionId in_ranges(Context& c, ir::ValueId value, std::span<const resolved::Range> ranges);

// An IPv4 packet that carries one of these, and is not a later fragment of it.
Guarded ip4_carries(Context& c, std::span<const std::uint32_t> protocols);
// An IPv6 packet whose next header is one of these.
Guarded ip6_carries(Context& c, std::span<const std::uint32_t> protocols);
// `first`, and then `second`.
Guarded followed(Context& c, const Guarded& first, ConditionId second);

// IPv4 or IPv6 carrying one of these; afterwards parameter `transport` says where it begins, less
// the constant that is returned.
struct Carried {
  ConditionId condition;
  Offset transport;
};
Carried carried(Context& c, std::span<const std::uint32_t> protocols);

// Not a later fragment of an IPv4 packet.
ConditionId not_later_fragment(Context& c);

// What the packet's headers must be for `proto[...]` or a protocol by itself.
ConditionId protocol(Context& c, Proto proto);

// The bytes behind the TCP or UDP header, up to the end of the IP packet; both are known
// afterwards.
struct Payload {
  ConditionId condition;
  Offset start;
  ir::ValueId end;
};
Payload payload_of_transport(Context& c);
// `size` bytes at `place` do not reach beyond the payload's end.
ConditionId lies_in(Context& c, const Payload& payload, const Offset& place, std::uint32_t size);

}  // namespace weir::filter::lower
