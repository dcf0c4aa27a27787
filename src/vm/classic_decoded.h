// DecodedClassic: a classic program that is checked beforehand and decoded once, to run on many
// packets. It gives what the reference, run_classic(), gives, in a fraction of the time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <weir/classic.h>

#include "vm/classic_interpreter.h"

namespace weir::vm {

// A value; threads may share one.
class DecodedClassic {
 public:
  // nullopt when isa::check_classic() finds a fault by the rules of user space.
  // REQUIRES: budget >= program.size().
  static std::optional<DecodedClassic> decode(ClassicProgram program,
                                              std::uint64_t budget = kDefaultBudget);

  // The verdict of run_classic() in the mode kLibpcap, with that budget and without metadata.
  std::uint32_t run(std::span<const std::byte> bytes, std::uint32_t wire_length) const;

  const ClassicProgram& program() const { return program_; }

  // What follows is of the engine alone.
  struct Frame;
  enum class Kind : std::uint8_t {
    kLoadAndTest,  // a load from the packet, and the comparison of it with a constant
    kTest,         // such a comparison alone
    kReturn,       // of a constant
    kOther,        // what a handler executes
  };

  // A comparison with a constant, whichever it is: does what is left of a value lie in a range?
  struct Range {
    std::uint32_t mask = 0;
    std::uint32_t low = 1;
    std::uint32_t span = 0;  // from the lowest value to the highest

    bool contains(std::uint32_t value) const { return (value & mask) - low <= span; }
  };

  struct Insn {
    Kind kind = Kind::kOther;
    std::uint8_t entry = 0;  // in the table of instructions, whose handler executes it
    std::uint8_t size = 0;   // bytes that a test loads
    bool indexed = false;    // from x + k, not from k
    std::uint32_t k = 0;
    std::int32_t jt = 1;     // how far it is to the next instruction, if a comparison holds
    std::int32_t jf = 1;     // and if it does not
    std::uint32_t mask = 0;  // what A gets of the value that a test loads
    Range range = {};        // in which A is then looked for
  };
  static_assert(sizeof(Insn) == 32);

 private:
  DecodedClassic(ClassicProgram program, std::uint64_t budget);

  ClassicProgram program_;
  std::vector<Insn> code_;  // each instruction at the place that it has in the program
  std::uint64_t budget_;
  // With so many jumps backwards a run stays in its budget, whatever lies between them.
  std::uint64_t rounds_;
  bool loads_cells_;
};

}  // namespace weir::vm
