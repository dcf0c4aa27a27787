#include "filter/ir/likely.h"

#include <algorithm>
#include <array>

namespace weir::filter::ir {
namespace {

struct Known {
  std::uint32_t value;
  float chance;
};

// IPv6 is asked for when it is not IPv4. The rest is told apart from what is rare only to be asked
// for in this order.
constexpr auto kKnown = std::to_array<Known>({
    {0x0800, 0.75F},           // IPv4
    {0x21, 0.75F},             // PPP: IPv4
    {6, 0.6F},                 // TCP
    {0x86dd, 0.5F},            // IPv6
    {0x57, 0.5F},              // PPP: IPv6
    {17, 0.3F},                // UDP
    {0x0806, kRare + 0.005F},  // ARP
    {1, kRare + 0.004F},       // ICMP
    {58, kRare + 0.003F},      // ICMPv6
    {2, kRare + 0.002F},       // IGMP
    {44, kRare + 0.001F},      // IPv6 fragment
    {132, 0.01F},              // SCTP
    {0x8035, 0.01F},           // RARP
});

}  // namespace

float chance_of(std::uint32_t value) {
  const auto* const known = std::ranges::find(kKnown, value, &Known::value);
  return known == kKnown.end() ? kRare : known->chance;
}

}  // namespace weir::filter::ir
