// Checks what every pass may rely on. Returns what is wrong, or an empty string.
#pragma once

#include <string>

#include "filter/ir/ir.h"

namespace weir::filter::ir {

std::string verify(const Function& function);

}  // namespace weir::filter::ir
