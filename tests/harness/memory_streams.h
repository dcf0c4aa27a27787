// Byte streams in memory that do what real ones do on a bad day: give little at a time, fail in the
// middle, run out of space.
#pragma once

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

#include "capfile/byte_stream.h"

namespace weir::test {

using Bytes = std::vector<std::byte>;

struct SourceFaults {
  std::size_t max_read = std::numeric_limits<std::size_t>::max();  // as a pipe gives it
  std::size_t fail_at = std::numeric_limits<std::size_t>::max();  // EIO when this offset is reached
};

class MemorySource final : public capfile::ByteSource {
 public:
  explicit MemorySource(Bytes bytes, SourceFaults faults = {})
      : bytes_(std::move(bytes)), faults_(faults) {}

  Result<std::size_t> read(std::span<std::byte> into) override {
    if (at_ >= faults_.fail_at) return fail("cannot read `memory`: Input/output error");
    const std::size_t end = std::min(bytes_.size(), faults_.fail_at);
    const std::size_t count = std::min({into.size(), end - at_, faults_.max_read});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), count, into.begin());
    at_ += count;
    return count;
  }
  std::uint64_t consumed() const override { return at_; }
  std::optional<std::uint64_t> total() const override { return bytes_.size(); }

 private:
  Bytes bytes_;
  SourceFaults faults_;
  std::size_t at_ = 0;
};

// What a MemorySink was given; it outlives the sink.
struct Written {
  Bytes bytes;
  std::vector<std::size_t> writes;  // the size of each
  std::size_t flushes = 0;
  bool closed = false;
};

struct SinkFaults {
  std::size_t space = std::numeric_limits<std::size_t>::max();  // ENOSPC past this
  bool close_fails = false;
};

class MemorySink final : public capfile::ByteSink {
 public:
  explicit MemorySink(Written& written, SinkFaults faults = {})
      : written_(written), faults_(faults) {}

  Result<> write(std::span<const std::byte> bytes) override {
    taken_ = std::min(bytes.size(), faults_.space - written_.bytes.size());
    const auto fits = bytes.first(taken_);
    written_.bytes.insert(written_.bytes.end(), fits.begin(), fits.end());
    written_.writes.push_back(taken_);
    if (fits.size() < bytes.size()) return fail("cannot write `memory`: No space left on device");
    return {};
  }
  std::size_t left_behind() const override { return taken_; }
  void take_back(std::size_t count) override {
    written_.bytes.resize(written_.bytes.size() - count);
  }
  Result<> flush() override {
    ++written_.flushes;
    return {};
  }
  Result<> close() override {
    written_.closed = true;
    if (faults_.close_fails) return fail("cannot close `memory`: No space left on device");
    return {};
  }

 private:
  Written& written_;
  SinkFaults faults_;
  std::size_t taken_ = 0;
};

}  // namespace weir::test
