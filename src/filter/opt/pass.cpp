#include "filter/opt/pass.h"

#include <array>

#include "filter/opt/assigns.h"
#include "filter/opt/guards.h"
#include "filter/opt/merge_loads.h"
#include "filter/opt/order.h"
#include "filter/opt/params.h"
#include "filter/opt/peel.h"
#include "filter/opt/prefixes.h"
#include "filter/opt/switches.h"
#include "filter/opt/tails.h"
#include "filter/opt/thread.h"

namespace weir::filter::opt {
namespace {

constexpr auto kPasses = std::to_array<Pass>({
    {"assigns", "forget assignments that nobody reads", assigns},
    {"thread", "skip tests that the way to them has decided", thread},
    {"prefixes", "ask for a prefix as an interval", prefixes},
    {"order", "of two tests, make the one first whose value is at hand", order},
    {"switches", "turn chains of tests of one value into a switch", switches},
    {"rethread", "skip tests that a switch on the way has decided", thread, true},
    {"params", "put the value of a parameter that has only one in its place", params},
    {"guards", "drop guards that another load stands for", guards},
    {"merge-loads", "test neighbouring fields with one load", merge_loads},
    {"peel", "take the case out of a switch that asks the rest of it again", peel, false, true},
    {"tails", "share the ends of ways that differ in an offset or a field", tails, false, true},
});

}  // namespace

std::span<const Pass> passes() { return kPasses; }

void run_passes(ir::Function& f) {
  for (const Pass& pass : kPasses) pass.run(f);
}

}  // namespace weir::filter::opt
