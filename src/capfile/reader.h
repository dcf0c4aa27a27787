// CaptureReader: packets out of a capture file or a pipe, whatever its format and compression.
//
//   auto reader = CaptureReader::open(path);
//   for (;;) {
//     auto batch = reader->next_batch();
//     if (!batch) ...;          // damage, after everything before it was delivered
//     if (batch->end()) break;
//     for (const Packet& packet : batch->packets) ...;
//   }
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <weir/result.h>

#include "capfile/batch.h"
#include "capfile/byte_stream.h"
#include "capfile/decoder.h"
#include "capfile/info.h"
#include "capfile/window.h"

namespace weir::capfile {

class CaptureReader {
 public:
  // `-` is standard input. Fails when the file cannot be read or has no sound file header.
  static Result<CaptureReader> open(const std::string& path);
  static Result<CaptureReader> open(std::unique_ptr<ByteSource> source,
                                    std::size_t window = Window::kDefaultCapacity);

  // The next records, in views that live until the next call. On a pipe it returns as soon as one
  // record is whole. A broken or cut-off file is an Error whose offset is the first byte of the
  // record that cannot be used (in the decompressed stream), again and again from then on.
  Result<Batch> next_batch();

  // Whether more than what was read so far would have to wait for somebody to write it.
  bool would_wait() const;

  // pcapng: holds the interfaces described so far; those at the head of the file from the start.
  const CaptureInfo& info() const;

  // For progress: bytes of the file itself read so far, and in all where that is known.
  std::uint64_t bytes_read() const { return window_.source().consumed(); }
  std::optional<std::uint64_t> bytes_total() const { return window_.source().total(); }

 private:
  CaptureReader(Window window, std::unique_ptr<RecordDecoder> decoder);

  // pcapng: reads on until the first interface is there, for a pipe may bring block by block.
  void read_head(Compression compression);
  Batch decode();
  void read_more();

  Window window_;
  std::unique_ptr<RecordDecoder> decoder_;
  std::unique_ptr<BatchBuilder> builder_;
  std::optional<Batch> ready_;  // decoded ahead, for what it says about interfaces
  std::optional<Error> damage_;
  bool ended_ = false;
};

}  // namespace weir::capfile
