#include "packet/address_text.h"

#include "base/check.h"
#include "packet/print/text.h"

namespace weir::packet {

std::string ip4_text(std::uint32_t address) {
  Text text;
  text.ip4(address);
  return std::string(text.view());
}

std::string ip6_text(std::span<const std::byte> address) {
  constexpr std::size_t kBytes = 16;
  WEIR_CHECK(address.size() == kBytes);
  Text text;
  text.ip6_groups(address);
  return std::string(text.view());
}

std::string mac_text(std::span<const std::byte> address) {
  Text text;
  text.mac(address);
  return std::string(text.view());
}

}  // namespace weir::packet
