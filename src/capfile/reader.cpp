#include "capfile/reader.h"

#include <utility>

#include "capfile/compression.h"

namespace weir::capfile {

Result<CaptureReader> CaptureReader::open(const std::string& path) {
  auto source = open_source(path);
  if (!source) return std::unexpected(source.error());
  return open(std::move(*source));
}

Result<CaptureReader> CaptureReader::open(std::unique_ptr<ByteSource> source,
                                          std::size_t window_size) {
  auto detected = detect_compression(std::move(source));
  if (!detected) return std::unexpected(detected.error());
  Window window(std::move(detected->source), window_size);
  if (auto read = window.want(sizeof(std::uint32_t)); !read) return std::unexpected(read.error());
  const std::size_t header = header_bytes(window.bytes());
  if (auto read = window.want(header); !read) return std::unexpected(read.error());

  if (is_pcap(window.bytes())) {
    auto opened = open_pcap(window.bytes(), detected->compression);
    if (!opened) return std::unexpected(opened.error());
    window.take(opened->header_bytes);
    return CaptureReader(std::move(window), std::move(opened->decoder));
  }
  if (!is_pcapng(window.bytes())) return std::unexpected(not_a_capture(window.bytes()));

  CaptureReader reader(std::move(window), open_pcapng(detected->compression));
  reader.read_head(detected->compression);
  auto head = reader.next_batch();
  if (!head) return std::unexpected(head.error());
  reader.ready_ = *head;
  return reader;
}

CaptureReader::CaptureReader(Window window, std::unique_ptr<RecordDecoder> decoder)
    : window_(std::move(window)),
      decoder_(std::move(decoder)),
      builder_(std::make_unique<BatchBuilder>()) {}

// Looks ahead with decoders that are thrown away: nothing is taken yet. Bounded, since a file may
// have no interface at all.
void CaptureReader::read_head(Compression compression) {
  constexpr std::size_t kMaxHead = Window::kDefaultCapacity;
  while (!ended_ && !damage_ && window_.bytes().size() < kMaxHead) {
    const auto decoder = open_pcapng(compression);
    builder_->clear();
    const DecodeProgress progress = decoder->decode(window_.bytes(), window_.offset(), *builder_);
    if (progress.damage || builder_->full() || !decoder->info().interfaces.empty()) return;
    read_more();
  }
}

const CaptureInfo& CaptureReader::info() const { return decoder_->info(); }

bool CaptureReader::would_wait() const {
  return !ready_ && !ended_ && !builder_->full() && window_.source().would_wait();
}

Result<Batch> CaptureReader::next_batch() {
  if (ready_) return *std::exchange(ready_, std::nullopt);
  for (;;) {
    if (damage_) return std::unexpected(*damage_);
    const Batch batch = decode();
    if (!batch.end()) return batch;
    if (damage_) continue;
    if (ended_ && window_.bytes().empty()) return Batch{};
    if (ended_) {
      damage_ = decoder_->cut_short(window_.bytes(), window_.offset());
    } else {
      read_more();
    }
  }
}

Batch CaptureReader::decode() {
  builder_->clear();
  const auto bytes = window_.bytes();
  DecodeProgress progress = decoder_->decode(bytes, window_.offset(), *builder_);
  window_.take(progress.taken);
  damage_ = std::move(progress.damage);
  return builder_->batch(bytes.first(progress.taken));
}

void CaptureReader::read_more() {
  auto more = window_.fill();
  if (!more) {
    damage_ = std::move(more.error());
  } else {
    ended_ = !*more;
  }
}

}  // namespace weir::capfile
