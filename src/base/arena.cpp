#include "base/arena.h"

#include <cstring>

namespace weir {

void* Arena::grow(const void* old, std::size_t old_size, std::size_t size) {
  void* const memory = allocate(size);
  if (old_size != 0) std::memcpy(memory, old, old_size);
  return memory;
}

// Each block is twice as large as the one before, so that there are few.
void Arena::add_block(std::size_t size) {
  const std::size_t bytes = std::max(size, next_block_);
  next_block_ *= 2;
  blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(bytes));
  next_ = blocks_.back().get();
  end_ = next_ + bytes;
}

}  // namespace weir
