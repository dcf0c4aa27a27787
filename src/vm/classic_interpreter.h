// The interpreter of classic BPF: slow and obvious, the reference for every faster engine.
//
// It trusts no program: whatever the instructions are, nothing outside the packet, the cells and
// the program is read, and a run ends with its budget. Threads may share programs and packets.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include <weir/classic.h>

#include "vm/classic_state.h"

namespace weir::vm {

// Enough for any program without backward jumps, and for loops over headers.
inline constexpr std::uint64_t kDefaultBudget = std::uint64_t{1} << 24;

struct ClassicOptions {
  ClassicMode mode = ClassicMode::kLibpcap;
  std::uint64_t budget = kDefaultBudget;  // instructions
  // Called before each instruction with the state that it finds; empty: nobody watches.
  std::function<void(const ClassicState& before, const ClassicInsn& insn)> trace = {};
};

struct ClassicResult {
  std::uint32_t verdict = 0;  // bytes to keep; 0: the packet does not match
  std::uint64_t executed = 0;
  ClassicOutcome outcome = ClassicOutcome::kReturned;
  std::uint32_t pc = 0;  // the instruction that ended the run, or the next one when the budget did
};

// Runs `program` from its first instruction to its end.
ClassicResult run_classic(std::span<const ClassicInsn> program, const ClassicInput& input,
                          const ClassicOptions& options = {});

// Executes the instruction at state.pc. When the run ends there, state.outcome says how, and pc
// stays. REQUIRES: state.outcome == kRunning.
void step_classic(std::span<const ClassicInsn> program, const ClassicInput& input, ClassicMode mode,
                  ClassicState& state);

// "returned", "load out of bounds", ...
std::string_view outcome_name(ClassicOutcome outcome);

}  // namespace weir::vm
