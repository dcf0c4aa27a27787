// What an object file uses and does not hold: variables and functions of the kernel, and options of
// its configuration.
#pragma once

#include <cstdint>
#include <vector>

#include <weir/result.h>

#include "object/btf.h"
#include "object/elf_file.h"
#include "object/object.h"

namespace weir::object {

struct Externs {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  std::vector<Extern> externs;           // in the order of their symbols
  std::vector<std::uint32_t> by_symbol;  // of the file; kNone: the symbol is none
  std::uint32_t kconfig_size = 0;        // bytes of all options together
};

// Types say where an undefined symbol is to be found; without one its kind is kUnknown, which is an
// error only where code uses it. Fails for options whose type has no meaning.
Result<Externs> read_externs(const ElfFile& file, const Btf* btf);

// The map that holds the options; made only when there are some.
MapDefinition kconfig_map(const Externs& externs, const Btf& btf);

}  // namespace weir::object
