// Names: what turns the names of hosts, services, protocols, networks and Ethernet stations into
// numbers. The filter compiler is given one; with none (`--no-names`) every name is an error.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <weir/result.h>

namespace weir {

using MacAddress = std::array<std::uint8_t, 6>;
using Ip6Address = std::array<std::uint8_t, 16>;  // network order

struct HostAddresses {
  std::vector<std::uint32_t> ip4;  // host order
  std::vector<Ip6Address> ip6;
};

enum class Transport : std::uint8_t { kTcp, kUdp, kSctp };

struct ServicePort {
  Transport transport;
  std::uint16_t port;
};

class Names {
 public:
  virtual ~Names() = default;
  // Fails when the name is unknown; the message says what was asked of whom.
  virtual Result<HostAddresses> host(const std::string& name) const = 0;
  // Every transport under which the name is known; empty when there is none.
  virtual std::vector<ServicePort> service(const std::string& name) const = 0;
  virtual std::optional<std::uint8_t> protocol(const std::string& name) const = 0;
  // A network's number as networks(5) gives it, host order, not shifted.
  virtual std::optional<std::uint32_t> network(const std::string& name) const = 0;
  virtual std::optional<MacAddress> ether(const std::string& name) const = 0;
};

}  // namespace weir
