#include "filter/codegen/classic.h"

#include <utility>
#include <vector>

#include "base/check.h"
#include "filter/codegen/assemble.h"
#include "filter/codegen/select.h"

namespace weir::filter::codegen {
namespace {

// Makes selection keep every parameter that it did not find in its register. Each round keeps one
// more.
Selection select_with_params(const ir::Function& f, SelectOptions& options) {
  Selection selection = select(f, options);
  while (!selection.missing.empty() && !selection.out_of_cells) {
    const ir::ValueId param = selection.missing.front();
    WEIR_CHECK(!options.kept[param]);
    options.kept[param] = true;
    selection = select(f, options);
  }
  return selection;
}

// Values that were computed more than once and take more than the one instruction that a cell
// takes.
ir::Vector<ir::ValueId> recomputed(const ir::Function& f, const Selection& selection) {
  ir::Vector<ir::ValueId> found(f.memory);
  for (ir::ValueId id = 0; id < f.values.size(); ++id) {
    if (selection.computed[id] > 1 &&
        (ir::is_binary(f.values[id].op) || f.values[id].a != ir::kNone)) {
      found.push_back(id);
    }
  }
  return found;
}

}  // namespace

std::optional<ClassicProgram> generate_classic(const ir::Function& f,
                                               const ClassicOptions& options) {
  SelectOptions select_options{.reuse_registers = options.optimize,
                               .kept = ir::Marks(f.values.size(), false, f.memory)};
  Selection selection = select_with_params(f, select_options);
  if (selection.out_of_cells) return std::nullopt;
  ClassicProgram best = assemble(selection.list, options.snaplen);
  if (!options.optimize) return best;

  // Keep what pays, the widest values first.
  constexpr std::size_t kMaxTries = 8;
  ir::Vector<ir::ValueId> candidates = recomputed(f, selection);
  for (std::size_t tries = 0; tries < kMaxTries && !candidates.empty(); ++tries) {
    SelectOptions kept = select_options;
    kept.kept[candidates.back()] = true;
    candidates.pop_back();
    Selection next = select_with_params(f, kept);
    if (next.out_of_cells) continue;
    ClassicProgram program = assemble(next.list, options.snaplen);
    if (program.size() >= best.size()) continue;
    best = std::move(program);
    select_options = std::move(kept);
    candidates = recomputed(f, next);
  }
  return best;
}

}  // namespace weir::filter::codegen
