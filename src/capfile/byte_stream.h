// Where the bytes of a capture come from and where they go: files and pipes, or, in tests, memory
// that fails on demand. Compression is a stream around a stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <weir/result.h>

#include "base/fd.h"

namespace weir::capfile {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads some bytes, at least one unless the stream has ended (0). May block. REQUIRES: room.
  virtual Result<std::size_t> read(std::span<std::byte> into) = 0;
  // Whether the next read would wait for somebody to write.
  virtual bool would_wait() const { return false; }
  // Bytes taken from the file itself (compressed, if it is) and its size where that is known.
  virtual std::uint64_t consumed() const = 0;
  virtual std::optional<std::uint64_t> total() const = 0;
};

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Takes all of `bytes`. After an error nothing more should be written.
  virtual Result<> write(std::span<const std::byte> bytes) = 0;
  // After an error of write(): how many of its bytes are in the file all the same. 0 where nobody
  // can take them back, as from a pipe, or where they were changed on their way.
  virtual std::size_t left_behind() const { return 0; }
  // After an error of write(): takes the last `count` bytes back. REQUIRES: count <= left_behind().
  virtual void take_back(std::size_t) {}
  // Makes what was written visible to a reader of the file or the pipe.
  virtual Result<> flush() = 0;
  // False when the reader of standard output has gone. That is no error; what is written from then
  // on goes nowhere.
  virtual bool wanted() const { return true; }
  // Ends the stream; an error here means that the file is not whole.
  virtual Result<> close() = 0;
};

// Asked before a read or a write that may wait, and when a signal interrupts it. When it says true,
// a stream that is read ends there; one that is written goes on only while its reader takes it.
using StopQuestion = std::function<bool()>;

// `name` stands in error messages.
std::unique_ptr<ByteSource> make_fd_source(Fd fd, std::string name, StopQuestion stopped = {});
std::unique_ptr<ByteSink> make_fd_sink(Fd fd, std::string name, StopQuestion stopped = {});
// The same, but it is no error when the reader has gone.
std::unique_ptr<ByteSink> make_standard_sink(Fd fd, StopQuestion stopped = {});

// `-` is standard input and standard output.
Result<std::unique_ptr<ByteSource>> open_source(const std::string& path, StopQuestion stopped = {});
Result<std::unique_ptr<ByteSink>> create_sink(const std::string& path, StopQuestion stopped = {});

}  // namespace weir::capfile
