// Compressed streams: a decoder or an encoder of one library, and the source or sink around it.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include <weir/result.h>

#include "capfile/byte_stream.h"
#include "capfile/info.h"

namespace weir::capfile {

struct CodecStep {
  std::size_t consumed = 0;
  std::size_t produced = 0;
  bool done = false;  // encoders: all that was asked for has been produced
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  // Turns some of `in` into some of `out`; either may run out first.
  virtual Result<CodecStep> step(std::span<const std::byte> in, std::span<std::byte> out) = 0;
  // Whether the stream may end here: no member or frame is open.
  virtual bool complete() const = 0;
};

class Encoder {
 public:
  enum class Mode : std::uint8_t { kRun, kFlush, kFinish };

  virtual ~Encoder() = default;
  virtual Result<CodecStep> step(std::span<const std::byte> in, std::span<std::byte> out,
                                 Mode mode) = 0;
};

// Several gzip members or zstd frames in a row are one stream, as gzip(1) and zstd(1) have it.
std::unique_ptr<Decoder> make_gzip_decoder();
std::unique_ptr<Decoder> make_zstd_decoder();
std::unique_ptr<Encoder> make_gzip_encoder();
std::unique_ptr<Encoder> make_zstd_encoder();

std::unique_ptr<ByteSource> make_decompressing_source(std::unique_ptr<ByteSource> inner,
                                                      Compression compression);
// kNone gives `inner` back.
std::unique_ptr<ByteSink> make_compressing_sink(std::unique_ptr<ByteSink> inner,
                                                Compression compression);

struct DetectedSource {
  std::unique_ptr<ByteSource> source;  // of decompressed bytes
  Compression compression = Compression::kNone;
};

// Looks at the first bytes and decompresses what is gzip or zstd. Fails on a read error only.
Result<DetectedSource> detect_compression(std::unique_ptr<ByteSource> raw);

}  // namespace weir::capfile
