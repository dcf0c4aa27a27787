// Gathers small writes. Runs that are large leave as they are, without being copied into the
// buffer.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include <weir/result.h>

#include "capfile/byte_stream.h"

namespace weir::capfile {

class BufferedSink {
 public:
  static constexpr std::size_t kCapacity = std::size_t{256} * 1024;
  static constexpr std::size_t kLargeRun = std::size_t{64} * 1024;

  explicit BufferedSink(std::unique_ptr<ByteSink> sink);

  Result<> write(std::span<const std::byte> bytes);
  Result<> flush();
  Result<> close();
  bool wanted() const { return sink_->wanted(); }

  std::uint64_t written() const { return written_; }

 private:
  Result<> empty_buffer();

  std::unique_ptr<ByteSink> sink_;
  std::vector<std::byte> buffer_;
  std::uint64_t written_ = 0;
};

}  // namespace weir::capfile
