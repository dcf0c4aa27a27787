// Netlink: questions to the kernel about interfaces, and its answers, as datagrams of messages
// (rtnetlink(7)). Tests put a fake in its place.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include <weir/result.h>

namespace weir::os {

class Netlink {
 public:
  virtual ~Netlink() = default;
  virtual Result<> send(std::span<const std::byte> request) = 0;
  // One datagram, whole. Nothing of it is checked.
  virtual Result<std::vector<std::byte>> receive() = 0;
};

// Of the network namespace that this process is in.
Result<std::unique_ptr<Netlink>> open_route_netlink();

}  // namespace weir::os
