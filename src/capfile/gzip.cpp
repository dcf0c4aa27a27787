// gzip through zlib.
#include <zlib.h>

#include <algorithm>
#include <string>

#include "base/check.h"
#include "capfile/compression.h"

namespace weir::capfile {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, with a gzip header
constexpr int kMemoryLevel = 8;       // zlib's default

// zlib counts in 32 bits; a stream is handed over in pieces that fit.
uInt piece(std::size_t size) { return static_cast<uInt>(std::min<std::size_t>(size, 1u << 30)); }

void hand_over(z_stream& stream, std::span<const std::byte> in, std::span<std::byte> out) {
  // zlib never writes to its input; its interface predates const.
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in.data()));
  stream.avail_in = piece(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = piece(out.size());
}

CodecStep taken(const z_stream& stream, std::span<const std::byte> in, std::span<std::byte> out) {
  return {.consumed = piece(in.size()) - stream.avail_in,
          .produced = piece(out.size()) - stream.avail_out};
}

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() { WEIR_CHECK(inflateInit2(&stream_, kGzipWindow) == Z_OK); }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  Result<CodecStep> step(std::span<const std::byte> in, std::span<std::byte> out) override {
    const std::size_t padding = in_member_ ? 0 : skip_padding(in);
    in = in.subspan(padding);
    if (in.empty() && !in_member_) return CodecStep{.consumed = padding};
    in_member_ = true;
    hand_over(stream_, in, out);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    CodecStep step = taken(stream_, in, out);
    step.consumed += padding;
    if (status == Z_STREAM_END) {
      in_member_ = false;
      inflateReset(&stream_);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return fail(std::string("gzip data is damaged: ") +
                  (stream_.msg != nullptr ? stream_.msg : zError(status)));
    }
    return step;
  }

  bool complete() const override { return !in_member_; }

 private:
  // Tapes and block devices pad what follows the last member with zeros.
  static std::size_t skip_padding(std::span<const std::byte> in) {
    const auto first =
        std::ranges::find_if(in, [](std::byte byte) { return byte != std::byte{0}; });
    return static_cast<std::size_t>(first - in.begin());
  }

  z_stream stream_ = {};
  bool in_member_ = false;
};

class GzipEncoder final : public Encoder {
 public:
  GzipEncoder() {
    WEIR_CHECK(deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                            Z_DEFAULT_STRATEGY) == Z_OK);
  }
  ~GzipEncoder() override { deflateEnd(&stream_); }
  GzipEncoder(const GzipEncoder&) = delete;
  GzipEncoder& operator=(const GzipEncoder&) = delete;

  Result<CodecStep> step(std::span<const std::byte> in, std::span<std::byte> out,
                         Mode mode) override {
    static constexpr int kFlush[] = {Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FINISH};
    const int flush = in.size() > piece(in.size()) ? Z_NO_FLUSH : kFlush[static_cast<int>(mode)];
    hand_over(stream_, in, out);
    const int status = deflate(&stream_, flush);
    WEIR_CHECK(status != Z_STREAM_ERROR);
    CodecStep step = taken(stream_, in, out);
    const bool all_in = step.consumed == in.size();
    step.done = all_in && (mode == Mode::kFinish ? status == Z_STREAM_END : stream_.avail_out != 0);
    return step;
  }

 private:
  z_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Decoder> make_gzip_decoder() { return std::make_unique<GzipDecoder>(); }
std::unique_ptr<Encoder> make_gzip_encoder() { return std::make_unique<GzipEncoder>(); }

}  // namespace weir::capfile
