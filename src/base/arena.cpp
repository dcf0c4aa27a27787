#include "base/arena.h"

#include <algorithm>

namespace weir {

// Each block is twice as large as the one before, so that there are few.
void Arena::add_block(std::size_t size) {
  const std::size_t bytes = std::max(size, next_block_);
  next_block_ *= 2;
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
  next_ = blocks_.back().get();
  end_ = next_ + bytes;
}

}  // namespace weir
