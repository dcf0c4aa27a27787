// Code: the instructions of an object file, and the functions that they form.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <weir/result.h>

#include "isa/extended.h"
#include "object/elf_file.h"

namespace weir::object {

inline constexpr std::uint64_t kSlotSize = sizeof(isa::ExtendedInsn);  // bytes

struct Function {
  std::string_view name;
  std::uint32_t section = 0;  // of the file
  std::uint32_t slot = 0;     // in the section
  std::uint32_t slots = 0;    // at least one
  bool local = false;         // nothing outside of the file can name it
  bool hidden = false;
};

// Every function lies in its section's code; two that share some share all of it.
struct Code {
  std::vector<isa::ExtendedProgram> sections;  // by number of section; empty where there is no code
  std::vector<Function> functions;             // by section, then by slot

  std::span<const isa::ExtendedInsn> code_of(const Function& function) const {
    return std::span(sections[function.section]).subspan(function.slot, function.slots);
  }
};

// The names in errors are those of the file's symbols and sections.
Result<Code> read_code(const ElfFile& file);

// The function that begins at a slot, as its number in code.functions.
std::optional<std::uint32_t> function_at(const Code& code, std::uint32_t section,
                                         std::uint64_t slot);

}  // namespace weir::object
