// Memory that is taken piece by piece and given back all at once: for the many small vectors of
// one piece of work. Not for several threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
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
    size = (size + kAlignment - 1) & ~(kAlignment - 1);
    if (size > static_cast<std::size_t>(end_ - next_)) add_block(size);
    return std::exchange(next_, next_ + size);
  }
  // A larger piece that begins with the bytes of `old`, which stays as it is.
  void* grow(const void* old, std::size_t old_size, std::size_t size);

 private:
  static constexpr std::size_t kFirstBlock = 16 << 10;  // of the heap

  void add_block(std::size_t size);

  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t next_block_ = kFirstBlock;
};

// A vector of plain data in an arena. Has what std::vector has, but nothing to do at its end, and
// little code where it is used: what grows it is one function for all types.
template <typename T>
class ArenaVector {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= Arena::kAlignment);

 public:
  // As the standard library calls them.
  // NOLINTBEGIN(readability-identifier-naming)
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;
  // NOLINTEND(readability-identifier-naming)

  explicit(false) ArenaVector(Arena* arena) : arena_(arena) {}
  ArenaVector(std::size_t size, const T& value, Arena* arena) : arena_(arena) {
    assign(size, value);
  }
  ArenaVector(std::size_t size, Arena* arena) : ArenaVector(size, T(), arena) {}
  ArenaVector(std::initializer_list<T> values, Arena* arena)
      : ArenaVector(values.begin(), values.end(), arena) {}
  template <std::forward_iterator It>
  ArenaVector(It first, It last, Arena* arena) : arena_(arena) {
    append(first, last);
  }

  // A copy lives in the same arena.
  ArenaVector(const ArenaVector& other) : ArenaVector(other.begin(), other.end(), other.arena_) {}
  ArenaVector(ArenaVector&& other) noexcept
      : arena_(other.arena_),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  ArenaVector& operator=(const ArenaVector& other) {
    if (this != &other) assign(other.begin(), other.end());
    return *this;
  }
  ArenaVector& operator=(ArenaVector&& other) noexcept {
    arena_ = other.arena_;
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }
  ~ArenaVector() = default;

  Arena* arena() const { return arena_; }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  const T* begin() const { return data_; }
  T* end() { return data_ + size_; }
  const T* end() const { return data_ + size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  T& front() { return data_[0]; }
  const T& front() const { return data_[0]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }

  void clear() { size_ = 0; }
  void pop_back() { --size_; }
  void reserve(std::size_t capacity) {
    if (capacity > capacity_) grow(capacity);
  }
  // `value` may be one of the vector's own: what grows leaves the old elements where they are.
  void push_back(const T& value) {
    if (size_ == capacity_) grow(size_ + 1);
    data_[size_++] = value;
  }
  template <typename... Args>
  T& emplace_back(Args&&... args) {
    push_back(T(std::forward<Args>(args)...));
    return back();
  }
  void resize(std::size_t size, const T& value = T()) {
    reserve(size);
    if (size > size_) std::fill(end(), data_ + size, value);
    size_ = size;
  }
  void assign(std::size_t size, const T& value) {
    clear();
    resize(size, value);
  }
  template <std::forward_iterator It>
  void assign(It first, It last) {
    clear();
    append(first, last);
  }
  template <std::forward_iterator It>
  void append(It first, It last) {
    const auto count = static_cast<std::size_t>(std::distance(first, last));
    reserve(size_ + count);
    std::copy(first, last, end());
    size_ += count;
  }
  void erase(const T* at) {
    T* const hole = data_ + (at - data_);
    std::copy(hole + 1, end(), hole);
    pop_back();
  }

 private:
  static constexpr std::size_t kFirstCapacity = 8;

  [[gnu::noinline]] void grow(std::size_t least) {
    const std::size_t capacity = std::max({least, 2 * capacity_, kFirstCapacity});
    data_ = static_cast<T*>(arena_->grow(data_, size_ * sizeof(T), capacity * sizeof(T)));
    capacity_ = capacity;
  }

  Arena* arena_;
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace weir
