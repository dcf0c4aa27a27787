// Objects that clang makes of tests/objects/core_*.c, and their programs as weir relocates them.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "isa/extended.h"
#include "object/btf.h"
#include "object/btf_ext.h"
#include "object/elf_file.h"

namespace weir::difftest {

// What clang makes of tests/objects/NAME; written to `out`. nullopt when it refuses.
std::optional<std::vector<std::byte>> compile_object(const std::string& name,
                                                     const std::string& out);

struct CoreProgram {
  std::string name;
  std::size_t slot;  // in the section
  std::size_t slots;
};

struct RelocatedProgram {
  isa::ExtendedProgram code;
  std::string error;                 // why it could not be relocated; empty: it was
  std::vector<std::string> reasons;  // of what was poisoned
  int relocations = 0;
};

// The programs of the section `socket` of an object.
class CoreObject {
 public:
  // REQUIRES: `bytes` outlive this. Throws std::runtime_error when they are no object.
  explicit CoreObject(std::span<const std::byte> bytes);

  const object::Btf& types() const { return *btf_; }
  const std::vector<CoreProgram>& programs() const { return programs_; }
  RelocatedProgram relocate(const CoreProgram& program, const object::Btf& target) const;

 private:
  std::unique_ptr<object::Btf> btf_;
  object::BtfExt ext_;
  isa::ExtendedProgram code_;
  std::vector<CoreProgram> programs_;
};

}  // namespace weir::difftest
