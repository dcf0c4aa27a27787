#include "capfile/window.h"

#include <cstring>

namespace weir::capfile {

Window::Window(std::unique_ptr<ByteSource> source, std::size_t capacity)
    : source_(std::move(source)),
      capacity_(capacity),
      buffer_(std::make_unique_for_overwrite<std::byte[]>(capacity)) {}

Result<bool> Window::fill() {
  make_room();
  const auto count = source_->read({buffer_.get() + end_, capacity_ - end_});
  if (!count) {
    Error error = count.error();
    if (!error.offset) error.offset = offset_ + bytes().size();
    return std::unexpected(std::move(error));
  }
  end_ += *count;
  return *count != 0;
}

Result<> Window::want(std::size_t count) {
  while (bytes().size() < count) {
    const auto more = fill();
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
  }
  return {};
}

void Window::make_room() {
  const std::size_t left = end_ - begin_;
  if (left == capacity_) {
    auto larger = std::make_unique_for_overwrite<std::byte[]>(2 * capacity_);
    std::memcpy(larger.get(), buffer_.get(), left);
    buffer_ = std::move(larger);
    capacity_ *= 2;
  } else {
    std::memmove(buffer_.get(), buffer_.get() + begin_, left);
  }
  begin_ = 0;
  end_ = left;
}

}  // namespace weir::capfile
