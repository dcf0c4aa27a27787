// How many bytes of the packet are known to be captured at each node: because the way to it has
// read them (`known`), or because every way on to `accept` will (`needed`). A load below either can
// be moved to the node, or away from it, without a change of what matches.
#pragma once

#include <cstdint>
#include <vector>

#include "filter/ir/ir.h"

namespace weir::filter::opt {

class Reach {
 public:
  // What computing a value reads at constant offsets; `only_absolute` when it faults for nothing
  // else.
  struct Extent {
    std::uint32_t end = 0;
    bool only_absolute = true;
  };

  static constexpr std::uint32_t kEverything = 0xffffffff;  // no way on leads to `accept`

  explicit Reach(const ir::Function& f);

  std::uint32_t known(ir::NodeId id) const { return known_[id]; }
  std::uint32_t needed(ir::NodeId id) const { return needed_[id]; }
  Extent of_value(ir::ValueId id) const { return extents_[id]; }

 private:
  void find_extents(const ir::Function& f);
  std::uint32_t own_end(const ir::Function& f, const ir::Node& node) const;

  ir::Vector<Extent> extents_;
  ir::Vector<std::uint32_t> known_;
  ir::Vector<std::uint32_t> needed_;
};

}  // namespace weir::filter::opt
