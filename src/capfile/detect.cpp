// Compression is told by magic bytes, never by a file's name. They are read ahead and given back.
#include <algorithm>
#include <cstring>
#include <vector>

#include "capfile/compression.h"

namespace weir::capfile {
namespace {

// Gives back bytes that were read ahead, then the rest of the stream.
class PrefixedSource final : public ByteSource {
 public:
  PrefixedSource(std::vector<std::byte> prefix, std::unique_ptr<ByteSource> inner)
      : prefix_(std::move(prefix)), inner_(std::move(inner)) {}

  Result<std::size_t> read(std::span<std::byte> into) override {
    if (given_ == prefix_.size()) return inner_->read(into);
    const std::size_t count = std::min(into.size(), prefix_.size() - given_);
    std::memcpy(into.data(), prefix_.data() + given_, count);
    given_ += count;
    return count;
  }

  bool would_wait() const override { return given_ == prefix_.size() && inner_->would_wait(); }
  std::uint64_t consumed() const override { return inner_->consumed() - (prefix_.size() - given_); }
  std::optional<std::uint64_t> total() const override { return inner_->total(); }

 private:
  std::vector<std::byte> prefix_;
  std::size_t given_ = 0;
  std::unique_ptr<ByteSource> inner_;
};

constexpr std::size_t kMagicBytes = 4;

Compression compression_of(std::span<const std::byte> start) {
  const auto is = [&](std::size_t index, unsigned value) {
    return start[index] == std::byte(value);
  };
  if (start.size() >= 2 && is(0, 0x1f) && is(1, 0x8b)) return Compression::kGzip;
  if (start.size() < kMagicBytes) return Compression::kNone;
  if (is(0, 0x28) && is(1, 0xb5) && is(2, 0x2f) && is(3, 0xfd)) return Compression::kZstd;
  // A skippable frame (RFC 8878, 3.1.2) may come first: 0x184d2a50 to 0x184d2a5f, little-endian.
  const bool skippable =
      (start[0] & std::byte{0xf0}) == std::byte{0x50} && is(1, 0x2a) && is(2, 0x4d) && is(3, 0x18);
  return skippable ? Compression::kZstd : Compression::kNone;
}

}  // namespace

Result<DetectedSource> detect_compression(std::unique_ptr<ByteSource> raw) {
  std::vector<std::byte> start(kMagicBytes);
  std::size_t have = 0;
  while (have < start.size()) {
    const auto count = raw->read(std::span(start).subspan(have));
    if (!count) return std::unexpected(count.error());
    if (*count == 0) break;
    have += *count;
  }
  start.resize(have);
  const Compression compression = compression_of(start);
  std::unique_ptr<ByteSource> source =
      std::make_unique<PrefixedSource>(std::move(start), std::move(raw));
  if (compression != Compression::kNone) {
    source = make_decompressing_source(std::move(source), compression);
  }
  return DetectedSource{.source = std::move(source), .compression = compression};
}

}  // namespace weir::capfile
