// The streams around a codec: they move its input and output through fixed buffers.
#include "capfile/compression.h"

#include <string>
#include <vector>

namespace weir::capfile {
namespace {

constexpr std::size_t kBuffer = std::size_t{64} * 1024;

class DecompressingSource final : public ByteSource {
 public:
  DecompressingSource(std::unique_ptr<ByteSource> inner, Compression compression)
      : inner_(std::move(inner)),
        decoder_(compression == Compression::kGzip ? make_gzip_decoder() : make_zstd_decoder()),
        compression_(compression),
        buffer_(kBuffer) {}

  Result<std::size_t> read(std::span<std::byte> into) override {
    for (;;) {
      if (in_.empty() && !ended_) {
        if (auto filled = fill(); !filled) return std::unexpected(filled.error());
      }
      auto step = decoder_->step(in_, into);
      if (!step) return at_this_byte(std::move(step.error()));
      in_ = in_.subspan(step->consumed);
      if (step->produced != 0) return step->produced;
      if (ended_ && in_.empty()) return end();
    }
  }

  bool would_wait() const override { return in_.empty() && inner_->would_wait(); }
  std::uint64_t consumed() const override { return inner_->consumed(); }
  std::optional<std::uint64_t> total() const override { return inner_->total(); }

 private:
  Result<> fill() {
    const auto count = inner_->read(buffer_);
    if (!count) return std::unexpected(count.error());
    ended_ = *count == 0;
    in_ = std::span(buffer_).first(*count);
    return {};
  }

  Result<std::size_t> end() const {
    if (decoder_->complete()) return std::size_t{0};
    return at_this_byte({.message = std::string(name(compression_)) + " data is cut short",
                         .hint = {},
                         .offset = {}});
  }

  // Of the compressed file, since that is where the damage is.
  std::unexpected<Error> at_this_byte(Error error) const {
    error.offset = inner_->consumed() - in_.size();
    return std::unexpected(std::move(error));
  }

  std::unique_ptr<ByteSource> inner_;
  std::unique_ptr<Decoder> decoder_;
  Compression compression_;
  std::vector<std::byte> buffer_;
  std::span<const std::byte> in_;  // what of buffer_ is still to be decoded
  bool ended_ = false;
};

class CompressingSink final : public ByteSink {
 public:
  CompressingSink(std::unique_ptr<ByteSink> inner, std::unique_ptr<Encoder> encoder)
      : inner_(std::move(inner)), encoder_(std::move(encoder)), buffer_(kBuffer) {}

  Result<> write(std::span<const std::byte> bytes) override {
    return encode(bytes, Encoder::Mode::kRun);
  }

  Result<> flush() override {
    auto encoded = encode({}, Encoder::Mode::kFlush);
    return encoded ? inner_->flush() : encoded;
  }

  bool wanted() const override { return inner_->wanted(); }

  Result<> close() override {
    auto finished = encode({}, Encoder::Mode::kFinish);
    auto closed = inner_->close();
    return finished ? closed : finished;
  }

 private:
  Result<> encode(std::span<const std::byte> in, Encoder::Mode mode) {
    for (;;) {
      const auto step = encoder_->step(in, buffer_, mode);
      if (!step) return std::unexpected(step.error());
      in = in.subspan(step->consumed);
      if (step->produced != 0) {
        auto written = inner_->write(std::span(buffer_).first(step->produced));
        if (!written) return written;
      }
      if (step->done) return {};
    }
  }

  std::unique_ptr<ByteSink> inner_;
  std::unique_ptr<Encoder> encoder_;
  std::vector<std::byte> buffer_;
};

}  // namespace

std::unique_ptr<ByteSource> make_decompressing_source(std::unique_ptr<ByteSource> inner,
                                                      Compression compression) {
  return std::make_unique<DecompressingSource>(std::move(inner), compression);
}

std::unique_ptr<ByteSink> make_compressing_sink(std::unique_ptr<ByteSink> inner,
                                                Compression compression) {
  if (compression == Compression::kNone) return inner;
  return std::make_unique<CompressingSink>(std::move(inner), compression == Compression::kGzip
                                                                 ? make_gzip_encoder()
                                                                 : make_zstd_encoder());
}

}  // namespace weir::capfile
