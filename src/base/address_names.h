// AddressNames: the names of addresses and ports, as printing without `-n` shows them, and of
// interfaces, which it always shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace weir {

// Each is empty when there is no name. What is returned lives until the next call.
class AddressNames {
 public:
  virtual ~AddressNames() = default;
  virtual std::string_view host4(std::uint32_t address) = 0;  // host order
  virtual std::string_view host6(std::span<const std::byte, 16> address) = 0;
  virtual std::string_view station(std::span<const std::byte, 6> address) = 0;  // ethers(5)
  virtual std::string_view tcp_port(std::uint16_t port) = 0;
  virtual std::string_view udp_port(std::uint16_t port) = 0;
  virtual std::string_view ip_protocol(std::uint8_t protocol) = 0;
  // Of the interface of this machine that has that index.
  virtual std::string_view interface(std::uint32_t) { return {}; }
};

}  // namespace weir
