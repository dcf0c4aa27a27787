// References: every instruction of an object file that stands for something with a name, and what
// that is. ELF relocations say most of them; calls within a section have none.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <weir/result.h>

#include "object/code.h"
#include "object/elf_file.h"
#include "object/externs.h"
#include "object/maps.h"

namespace weir::object {

enum class ReferenceKind : std::uint8_t {
  kMap,            // to maps[index]
  kMapValue,       // to byte `offset` of its value
  kExternAddress,  // to externs[index]
  kExternCall,     // calls externs[index]
  kCall,           // calls functions[index]
  kAddress,        // loads the address of functions[index]
};

struct Reference {
  std::uint32_t section = 0;  // of the file
  std::uint32_t slot = 0;     // in the section
  ReferenceKind kind = ReferenceKind::kMap;
  std::uint32_t index = 0;
  std::uint32_t offset = 0;
};

// By section, then by slot; at most one a slot. Those outside of functions are left out. Every kind
// goes with its instruction: the first three and kAddress with a load of 64 bits whose two slots
// are there, the others with a call.
Result<std::vector<Reference>> read_references(const ElfFile& file, const Code& code,
                                               const Maps& maps, const Externs& externs);

// Those of a function.
std::span<const Reference> references_of(std::span<const Reference> all, const Function& function);

}  // namespace weir::object
