// A classic BPF instruction, as the kernel's `struct sock_filter` and libpcap's `struct bpf_insn`
// lay it out, and a program of them.
#pragma once

#include <cstdint>
#include <vector>

namespace weir {

struct ClassicInsn {
  std::uint16_t code = 0;
  std::uint8_t jt = 0;  // forward distance when the comparison holds
  std::uint8_t jf = 0;  // forward distance when it does not
  std::uint32_t k = 0;

  friend bool operator==(const ClassicInsn&, const ClassicInsn&) = default;
};
static_assert(sizeof(ClassicInsn) == 8);

using ClassicProgram = std::vector<ClassicInsn>;

}  // namespace weir
