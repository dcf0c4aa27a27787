// AF_UNIX datagrams need no privilege, and unix_dgram_sendmsg() runs the receiver's filter on
// exactly the bytes that were sent (net/unix/af_unix.c).
#include "diff/filter/kernel_socket.h"

#include <fmt/format.h>
#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace weir::difftest {

static_assert(sizeof(sock_filter) == sizeof(ClassicInsn));

Result<KernelSocket> KernelSocket::open() {
  std::array<int, 2> ends;
  if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(fmt::format("cannot open a socket pair: {}", std::strerror(errno)));
  }
  return KernelSocket(Fd(ends[0]), Fd(ends[1]));
}

int KernelSocket::attach(std::span<const ClassicInsn> code) {
  if (code.size() > BPF_MAXINSNS) return EINVAL;
  std::vector<sock_filter> filter(code.size());
  std::memcpy(filter.data(), code.data(), code.size_bytes());
  const sock_fprog program = {.len = static_cast<unsigned short>(filter.size()),
                              .filter = filter.data()};
  const int result =
      setsockopt(receiver_.get(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
  return result == 0 ? 0 : errno;
}

std::optional<std::size_t> KernelSocket::pass(std::span<const std::byte> packet) {
  static std::array<std::byte, 1 << 18> buffer;
  if (send(sender_.get(), packet.data(), packet.size(), 0) < 0) return std::nullopt;
  const ssize_t received = recv(receiver_.get(), buffer.data(), buffer.size(), 0);
  if (received < 0) return std::nullopt;
  return static_cast<std::size_t>(received);
}

}  // namespace weir::difftest
