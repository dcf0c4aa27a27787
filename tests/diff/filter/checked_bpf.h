// A reference interpreter of classic BPF, written apart from weir's own. It tells what libpcap's
// bpf_filter() cannot: whether the run read a scratch cell that nothing had stored (the verdict
// then depends on what lay on the stack), and how many instructions ran.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <weir/classic.h>

namespace weir::difftest {

struct CheckedRun {
  std::uint32_t verdict = 0;
  std::uint64_t executed = 0;
  bool read_unset = false;  // a scratch cell was read before it was stored
  bool endless = false;     // no end in sight
  bool broken = false;      // an unknown instruction, or a jump out of the code
};

CheckedRun run_checked(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
                       std::uint32_t wire_length);

}  // namespace weir::difftest
