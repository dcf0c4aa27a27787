// Gathers small writes. Runs that are large leave as they are, without being copied into the
// buffer. When the disk is full, what is there ends with a whole record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <weir/result.h>

#include "capfile/byte_stream.h"

namespace weir::capfile {

class BufferedSink {
 public:
  static constexpr std::size_t kCapacity = std::size_t{256} * 1024;
  static constexpr std::size_t kLargeRun = std::size_t{64} * 1024;

  explicit BufferedSink(std::unique_ptr<ByteSink> sink);

  // How many of `bytes` at `position` belong to whole records.
  using WholeRecords =
      std::function<std::size_t(std::span<const std::byte> bytes, std::uint64_t position)>;
  // REQUIRES: from here on, write() is given nothing but whole records.
  void keep_whole(WholeRecords whole) { whole_ = std::move(whole); }

  Result<> write(std::span<const std::byte> bytes);
  Result<> flush();
  Result<> close();
  bool wanted() const { return sink_->wanted(); }

  std::uint64_t written() const { return written_; }

 private:
  Result<> empty_buffer();
  Result<> put(std::span<const std::byte> bytes);
  void cut_to_whole(std::span<const std::byte> bytes);

  std::unique_ptr<ByteSink> sink_;
  std::vector<std::byte> buffer_;
  std::uint64_t written_ = 0;
  std::uint64_t put_ = 0;  // of them, what has left the buffer
  WholeRecords whole_;
};

}  // namespace weir::capfile
