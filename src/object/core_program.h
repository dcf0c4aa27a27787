// CO-RE for a whole program of an object: every relocation of the functions that it is made of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <weir/result.h>

#include "object/btf_ext.h"
#include "object/core.h"
#include "object/object.h"

namespace weir::object {

// An instruction that may not be reached: the target lacks what it needs.
struct PoisonedInsn {
  std::uint32_t slot;  // in the program
  std::string place;   // "filter.bpf.c:12"; empty where no line is known
  std::string reason;
  std::string hint;
};

// Rewrites program.code; `ext` and `relocator` are those of the program's object. Returns what was
// poisoned, by slot within each function. An error's message begins with the program and the line.
Result<std::vector<PoisonedInsn>> relocate_program(Program& program, const BtfExt& ext,
                                                   CoreRelocator& relocator);

}  // namespace weir::object
