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
  if (bytes.size() >= kLargeRun) return sink_->write(bytes);
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
  auto written = sink_->write(buffer_);
  buffer_.clear();
  return written;
}

}  // namespace weir::capfile
