// How large the kernel's verifier sees that a value can be. It follows less than the compiler does
// (nothing through a division), so what it has to see before it lets a value be an offset is
// compared where this does not suffice.
#pragma once

#include <cstdint>

#include "filter/ir/ir.h"

namespace weir::filter::codegen {

// Of each value.
ir::Vector<std::uint32_t> visible_bounds(const ir::Function& f);

}  // namespace weir::filter::codegen
