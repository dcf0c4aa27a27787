// Socket filter programs in the kernel, through bpf(2) alone: loaded, with the verifier's log, and
// run on given packets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/fd.h"
#include "isa/extended.h"

namespace weir::difftest {

struct LoadedProgram {
  Fd fd;
  int error = 0;    // the errno of the refusal; 0: loaded
  std::string log;  // every instruction that the verifier looked at
};

// Without `with_log` the log is empty, and loading takes a tenth of the time.
LoadedProgram load_socket_filter(std::span<const isa::ExtendedInsn> program, bool with_log);

// What the program returns for a packet; `mark` is the packet's. nullopt when the kernel does not
// run it. REQUIRES: a packet of one byte or more.
std::optional<std::uint32_t> test_run(const Fd& program, std::span<const std::byte> packet,
                                      std::uint32_t mark = 0);

// The number by which bpftool knows it; 0 when that is unknown.
std::uint32_t program_id(const Fd& program);

// Why no program can be loaded here; empty when it can.
std::string no_bpf_reason();

}  // namespace weir::difftest
