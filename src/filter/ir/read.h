// Reads the text form that ir/text.h prints: for tests of passes, which are text -> text.
//
// What is not in the text is not in the function either: parameters live in X and may have any
// bits. Values become canonical, as the Builder makes them; nodes stay as they are written, and are
// numbered without gaps. So print(read(text)) == text for what print() made of a function after any
// pass.
#pragma once

#include <string_view>

#include <weir/result.h>

#include "filter/ir/ir.h"

namespace weir::filter::ir {

// The error has the offset in `text` of what is wrong.
Result<Function> read(std::string_view text, Memory memory);

}  // namespace weir::filter::ir
