// The window of a file that is in memory: one buffer, filled with large reads, from whose front the
// records are taken. What is left of a record at its end moves to the front before the next read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <weir/result.h>

#include "capfile/byte_stream.h"

namespace weir::capfile {

class Window {
 public:
  // Measured: reads of 64 to 256 KiB cost the least; more falls out of the cache.
  static constexpr std::size_t kDefaultCapacity = std::size_t{256} * 1024;

  explicit Window(std::unique_ptr<ByteSource> source, std::size_t capacity = kDefaultCapacity);

  // What has been read and not taken. Valid until the next fill().
  std::span<const std::byte> bytes() const { return {buffer_.get() + begin_, end_ - begin_}; }
  // Where bytes() begins in the (decompressed) stream.
  std::uint64_t offset() const { return offset_; }

  // REQUIRES: count <= bytes().size().
  void take(std::size_t count) {
    begin_ += count;
    offset_ += count;
  }

  // Reads once; false at the end of the stream. The buffer grows only when it is full of bytes that
  // were really there, so no length field of a file can make it large.
  Result<bool> fill();

  // fill() until `count` bytes are there or the stream ends.
  Result<> want(std::size_t count);

  const ByteSource& source() const { return *source_; }

 private:
  void make_room();

  std::unique_ptr<ByteSource> source_;
  std::size_t capacity_;
  std::unique_ptr<std::byte[]> buffer_;
  std::size_t begin_ = 0;  // begin_ <= end_ <= capacity_
  std::size_t end_ = 0;
  std::uint64_t offset_ = 0;
};

}  // namespace weir::capfile
