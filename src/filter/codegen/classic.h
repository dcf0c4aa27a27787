// IR -> classic BPF.
#pragma once

#include <cstdint>
#include <optional>

#include <weir/classic.h>

#include "filter/ir/ir.h"

namespace weir::filter::codegen {

struct ClassicOptions {
  std::uint32_t snaplen = 262144;
  bool optimize = true;  // false: recompute every value where it is used
};

// nullopt when the expression keeps more than 16 values alive at once.
std::optional<ClassicProgram> generate_classic(const ir::Function& f,
                                               const ClassicOptions& options);

}  // namespace weir::filter::codegen
