#include "os/netlink.h"

#include <fmt/format.h>
#include <linux/netlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/fd.h"

namespace weir::os {
namespace {

std::unexpected<Error> netlink_error(std::string_view what) {
  return fail(fmt::format("cannot {} rtnetlink: {}", what, std::strerror(errno)));
}

class RouteNetlink final : public Netlink {
 public:
  explicit RouteNetlink(Fd fd) : fd_(std::move(fd)) {}

  Result<> send(std::span<const std::byte> request) override {
    if (::send(fd_.get(), request.data(), request.size(), 0) < 0) return netlink_error("ask");
    return {};
  }

  Result<std::vector<std::byte>> receive() override {
    for (;;) {
      // Without taking it, how long it is.
      const ssize_t size = ::recv(fd_.get(), nullptr, 0, MSG_PEEK | MSG_TRUNC);
      if (size < 0 && errno == EINTR) continue;
      if (size < 0) return netlink_error("read from");
      std::vector<std::byte> out(static_cast<std::size_t>(size));
      const ssize_t count = ::recv(fd_.get(), out.data(), out.size(), 0);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return netlink_error("read from");
      out.resize(static_cast<std::size_t>(count));
      return out;
    }
  }

 private:
  Fd fd_;
};

}  // namespace

Result<std::unique_ptr<Netlink>> open_route_netlink() {
  Fd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  if (!fd) return netlink_error("open");
  return std::make_unique<RouteNetlink>(std::move(fd));
}

}  // namespace weir::os
