// Zstandard through libzstd.
#include <zstd.h>

#include <string>

#include "base/check.h"
#include "capfile/compression.h"

namespace weir::capfile {
namespace {

// What zstd(1) accepts without --long: a hostile frame cannot make us allocate more than 128 MiB.
constexpr int kMaxWindowLog = 27;

using DecodeContext = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;
using EncodeContext = std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>;

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : context_(ZSTD_createDCtx(), &ZSTD_freeDCtx) {
    WEIR_CHECK(context_ != nullptr);
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }

  Result<CodecStep> step(std::span<const std::byte> in, std::span<std::byte> out) override {
    if (in.empty() && frame_ended_) return CodecStep{};
    ZSTD_inBuffer input = {.src = in.data(), .size = in.size(), .pos = 0};
    ZSTD_outBuffer output = {.dst = out.data(), .size = out.size(), .pos = 0};
    const std::size_t status = ZSTD_decompressStream(context_.get(), &output, &input);
    if (ZSTD_isError(status) != 0) {
      return fail(std::string("zstd data is damaged: ") + ZSTD_getErrorName(status));
    }
    frame_ended_ = status == 0;
    return CodecStep{.consumed = input.pos, .produced = output.pos};
  }

  bool complete() const override { return frame_ended_; }

 private:
  DecodeContext context_;
  bool frame_ended_ = true;
};

class ZstdEncoder final : public Encoder {
 public:
  ZstdEncoder() : context_(ZSTD_createCCtx(), &ZSTD_freeCCtx) {
    WEIR_CHECK(context_ != nullptr);
    ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  Result<CodecStep> step(std::span<const std::byte> in, std::span<std::byte> out,
                         Mode mode) override {
    static constexpr ZSTD_EndDirective kDirectives[] = {ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end};
    ZSTD_inBuffer input = {.src = in.data(), .size = in.size(), .pos = 0};
    ZSTD_outBuffer output = {.dst = out.data(), .size = out.size(), .pos = 0};
    const std::size_t left =
        ZSTD_compressStream2(context_.get(), &output, &input, kDirectives[static_cast<int>(mode)]);
    if (ZSTD_isError(left) != 0) {
      return fail(std::string("cannot compress: ") + ZSTD_getErrorName(left));
    }
    const bool all_in = input.pos == input.size;
    return CodecStep{.consumed = input.pos,
                     .produced = output.pos,
                     .done = all_in && (mode == Mode::kRun || left == 0)};
  }

 private:
  EncodeContext context_;
};

}  // namespace

std::unique_ptr<Decoder> make_zstd_decoder() { return std::make_unique<ZstdDecoder>(); }
std::unique_ptr<Encoder> make_zstd_encoder() { return std::make_unique<ZstdEncoder>(); }

}  // namespace weir::capfile
