#include "capfile/buffered_sink.h"

namespace weir::capfile {

BufferedSink::BufferedSink(std::unique_ptr<ByteSink> sink) : sink_(std::move(sink)) {
  buffer_.reserve(kCapacity);
}

Result<> BufferedSink::write(std::span<const std::byte> bytes) {
  written_ += bytes.size();
  if (buffer_.size() + bytes.size() > kCapacity || bytes.size() >= kLargeRun) {
    if (auto emptied = empty_buffer(); !emptied) return emptied;
  }
  if (bytes.size() >= kLargeRun) return put(bytes);
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  return {};
}

Result<> BufferedSink::flush() {
  auto emptied = empty_buffer();
  return emptied ? sink_->flush() : emptied;
}

Result<> BufferedSink::close() {
  auto emptied = empty_buffer();
  auto closed = sink_->close();
  return emptied ? closed : emptied;
}

Result<> BufferedSink::empty_buffer() {
  if (buffer_.empty()) return {};
  auto written = put(buffer_);
  buffer_.clear();
  return written;
}

Result<> BufferedSink::put(std::span<const std::byte> bytes) {
  auto written = sink_->write(bytes);
  if (!written) cut_to_whole(bytes);
  put_ += bytes.size();
  return written;
}

void BufferedSink::cut_to_whole(std::span<const std::byte> bytes) {
  const std::size_t left = sink_->left_behind();
  if (left != 0 && whole_) sink_->take_back(left - whole_(bytes.first(left), put_));
}

}  // namespace weir::capfile
