// The programs in C, compiled when the benchmark runs.
#pragma once

#include <string>
#include <vector>

#include "diff/isa/kernel_program.h"
#include "isa/extended.h"

namespace weir::bench {

struct Rival {
  std::string shown;       // the filter in the table
  std::string expression;  // what weir compiles
  const char* source;      // a file of rivals/
};

// The nine filters.
std::vector<Rival> rivals();

// The code of a program for tc or XDP, as clang makes it in `folder`. What has no relocations is
// ready for the kernel as it lies in its section.
isa::ExtendedProgram compile_rival(const Rival& rival, difftest::ProgramKind kind,
                                   const std::string& folder);

}  // namespace weir::bench
