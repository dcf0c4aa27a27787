// A filter in the kernel: attached to one end of a pair of datagram sockets, it sees the bytes of
// every datagram that the other end sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <weir/classic.h>
#include <weir/result.h>

#include "base/fd.h"

namespace weir::difftest {

class KernelSocket {
 public:
  static Result<KernelSocket> open();

  // The errno of the kernel's refusal, 0 when it took the code. It replaces what was attached.
  int attach(std::span<const ClassicInsn> code);

  // How many bytes of the packet the filter let through; nothing when it was dropped. The length on
  // the wire is that of the packet.
  std::optional<std::size_t> pass(std::span<const std::byte> packet);

 private:
  KernelSocket(Fd sender, Fd receiver)
      : sender_(std::move(sender)), receiver_(std::move(receiver)) {}

  Fd sender_;
  Fd receiver_;
};

}  // namespace weir::difftest
