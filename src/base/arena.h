// Memory that is taken piece by piece and given back all at once: for the many small vectors of
// one piece of work. Not for several threads.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace weir {

class Arena {
 public:
  static constexpr std::size_t kAlignment = 8;

  Arena() = default;
  // Takes from `first`, which must outlive the arena, before it asks the heap.
  // REQUIRES: `first` is aligned to kAlignment.
  explicit Arena(std::span<std::byte> first)
      : next_(first.data()), end_(first.data() + first.size()) {}

  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  void* allocate(std::size_t size) {
    size = rounded(size);
    if (size > static_cast<std::size_t>(end_ - next_)) add_block(size);
    return std::exchange(next_, next_ + size);
  }

  // Only what was allocated last can be used again.
  void deallocate(void* memory, std::size_t size) {
    auto* begin = static_cast<std::byte*>(memory);
    if (begin + rounded(size) == next_) next_ = begin;
  }

 private:
  static constexpr std::size_t kFirstBlock = 16 << 10;  // of the heap

  static constexpr std::size_t rounded(std::size_t size) {
    return (size + kAlignment - 1) & ~(kAlignment - 1);
  }

  void add_block(std::size_t size);

  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t next_block_ = kFirstBlock;
};

// Lets a container live in an arena. A copy of the container lives there, too.
template <typename T>
class ArenaAllocator {
 public:
  using value_type = T;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;

  explicit(false) ArenaAllocator(Arena* arena) : arena_(arena) {}
  template <typename U>
  explicit(false) ArenaAllocator(const ArenaAllocator<U>& other) : arena_(other.arena()) {}

  T* allocate(std::size_t count) {
    static_assert(alignof(T) <= Arena::kAlignment);
    return static_cast<T*>(arena_->allocate(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) { arena_->deallocate(memory, count * sizeof(T)); }

  Arena* arena() const { return arena_; }

  friend bool operator==(const ArenaAllocator& a, const ArenaAllocator& b) {
    return a.arena_ == b.arena_;
  }

 private:
  Arena* arena_;
};

}  // namespace weir
