// Which scratch cell each kept value has. Parameters that are never alive at once share one.
#pragma once

#include <cstdint>
#include <optional>

#include "filter/ir/ir.h"

namespace weir::filter::codegen {

class CellPlan {
 public:
  // `kept`: a bit a value.
  CellPlan(const ir::Function& f, const ir::Marks& kept);

  // The number of cells taken, the first ones; kept values beyond the last cell have none.
  std::uint32_t count() const { return count_; }
  // REQUIRES: the value is kept.
  std::optional<std::uint32_t> cell_of(ir::ValueId value) const;

 private:
  void share(const ir::Function& f, const ir::Marks& kept);

  ir::Vector<std::uint8_t> cells_;  // a value
  std::uint32_t count_ = 0;
};

}  // namespace weir::filter::codegen
