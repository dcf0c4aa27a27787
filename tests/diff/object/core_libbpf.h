// libbpf as the oracle of CO-RE: the instructions of a program as it relocates them.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "isa/extended.h"

namespace weir::difftest {

struct LibbpfProgram {
  bool relocated = false;
  isa::ExtendedProgram code;  // when relocated
  std::string log;            // what it said
};

// Opens the object, loads it with no program but `name`, and takes its instructions, whatever the
// verifier thinks of them. `target` is a file of types; empty: this kernel's.
LibbpfProgram libbpf_relocate(std::span<const std::byte> object, const std::string& name,
                              const std::string& target);

}  // namespace weir::difftest
