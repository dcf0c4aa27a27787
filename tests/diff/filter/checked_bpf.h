// A reference interpreter of classic BPF, written apart from weir's own. It tells what libpcap's
// bpf_filter() cannot: whether the run read a scratch cell that nothing had stored (the verdict
// then depends on what lay on the stack), and how many instructions ran.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <weir/classic.h>

namespace weir::difftest {

// A prefix such as 2001:db8::/32 makes libpcap load words of the address only to mask them with 0.
// Its unoptimised code rejects a packet that ends before such a word; its optimiser drops the load.
enum class DeadLoads : std::uint8_t { kReject, kSkip };

struct CheckedRun {
  std::uint32_t verdict = 0;
  std::uint64_t executed = 0;
  bool read_unset = false;  // a scratch cell was read before it was stored
  bool endless = false;     // no end in sight
  bool broken = false;      // an unknown instruction, or a jump out of the code
};

CheckedRun run_checked(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
                       std::uint32_t wire_length, DeadLoads dead_loads = DeadLoads::kReject);

}  // namespace weir::difftest
