#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "isa/classic_read.h"

namespace weir::isa {

// REQUIRES: `text` is a program; the test fails otherwise.
inline ClassicProgram read(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto out = read_classic(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  return out ? out->program : ClassicProgram{};
}

}  // namespace weir::isa
