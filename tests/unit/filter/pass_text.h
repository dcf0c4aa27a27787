// Tests of passes are text -> text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/arena.h"
#include "filter/ir/read.h"
#include "filter/ir/text.h"
#include "filter/ir/verify.h"

namespace weir::filter::testing {

using RunPass = bool (*)(ir::Function&);

// What the pass makes of the function, which is canonical as it is written.
inline std::string after(RunPass pass, std::string_view text) {
  Arena arena;
  auto f = ir::read(text, &arena);
  if (!f) return f.error().message;
  EXPECT_EQ(ir::print(*f), text);
  pass(*f);
  EXPECT_EQ(ir::verify(*f), "");
  return ir::print(*f);
}

inline void expect_untouched(RunPass pass, std::string_view text) {
  EXPECT_EQ(after(pass, text), text);
}

}  // namespace weir::filter::testing
