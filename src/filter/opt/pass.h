// The passes: IR -> IR, each with a name that is its flag. None changes which packets match, nor
// which computations a matching packet must survive.
#pragma once

#include <span>
#include <string_view>

#include "filter/ir/ir.h"

namespace weir::filter::opt {

struct Pass {
  std::string_view name;
  std::string_view description;
  bool (*run)(ir::Function& f);    // true when it changed something
  bool only_after_change = false;  // runs only when a pass before it has changed something
  // Makes shorter what two registers make long; with more of them it costs instructions that run.
  bool for_classic = false;
};

// In the order in which they run; a pass that runs twice has two names.
std::span<const Pass> passes();

// All of them, one after the other.
void run_passes(ir::Function& f);

}  // namespace weir::filter::opt
