// Extension headers of IPv6 (RFC 8200, section 4).
#include "packet/print/printers.h"

namespace weir::packet::ip6_extensions {
namespace {

constexpr Field kFragmentFields[] = {
    {.name = "ipv6.fragment.nxt", .offset = 0, .size = 1},
    {.name = "ipv6.fragment.offset", .offset = 2, .size = 2, .mask = 0xfff8},  // units of 8 bytes
    {.name = "ipv6.fragment.more", .offset = 2, .size = 2, .show = Show::kFlag, .mask = 1},
    {.name = "ipv6.fragment.id", .offset = 4, .size = 4, .show = Show::kHex},
};
constexpr Protocol kFragment{.name = "frag6", .fields = kFragmentFields};
constexpr std::size_t kFragmentHeader = 8;

}  // namespace

// What is not a first fragment cannot be read on.
std::optional<std::size_t> print_fragment(Line& line, const View& header, Chain& chain) {
  line.begin_layer(kFragment, header);
  const std::uint32_t offset = header.u16(2) & 0xfff8u;
  const std::uint32_t id = header.u32(4);
  const auto before = static_cast<std::size_t>(header.data() - chain.packet.data());
  const std::size_t length = 40 + std::size_t{chain.packet.u16(4)} - before - kFragmentHeader;
  if (line.verbose()) {
    line.print("frag (0x{:08x}:{}|{})", id, offset, length);
  } else {
    line.print("frag ({}|{})", offset, length);
  }
  chain.fragmented = true;
  if (offset != 0) return {};
  line.put(' ');
  return kFragmentHeader;
}

}  // namespace weir::packet::ip6_extensions
