#include "capfile/writer.h"

#include <numeric>
#include <utility>

#include "base/check.h"
#include "capfile/compression.h"
#include "capfile/raw_runs.h"

namespace weir::capfile {
namespace {

std::unique_ptr<RecordEncoder> make_encoder(Format format, const WriterOptions& options) {
  const EncoderOptions encoder = {.ticks_per_second = options.ticks_per_second,
                                  .snaplen = options.snaplen,
                                  .several_sources = options.several_sources};
  return format == Format::kPcap ? make_pcap_encoder(encoder) : make_pcapng_encoder(encoder);
}

}  // namespace

Result<CaptureWriter> CaptureWriter::create(const std::string& path, const WriterOptions& options,
                                            StopQuestion stopped) {
  auto sink = create_sink(path, std::move(stopped));
  if (!sink) return std::unexpected(sink.error());
  return over(std::move(*sink), options);
}

CaptureWriter CaptureWriter::over(std::unique_ptr<ByteSink> sink, const WriterOptions& options) {
  return CaptureWriter(make_compressing_sink(std::move(sink), options.compression), options);
}

CaptureWriter::CaptureWriter(std::unique_ptr<ByteSink> sink, const WriterOptions& options)
    : sink_(std::move(sink)), options_(options) {
  if (options.format) set_encoder(*options.format);
}

void CaptureWriter::set_encoder(Format format) {
  encoder_ = make_encoder(format, options_);
  sink_.keep_whole(
      [encoder = encoder_.get()](std::span<const std::byte> bytes, std::uint64_t position) {
        return encoder->whole_records(bytes, position);
      });
}

Result<> CaptureWriter::begin(const CaptureInfo& source) {
  if (encoder_ == nullptr) set_encoder(source.format);
  auto begun = encoder_->begin(source, scratch_);
  return begun ? put_scratch() : begun;
}

Result<> CaptureWriter::write(const Batch& batch, std::span<const std::uint32_t> accepted) {
  WEIR_CHECK(encoder_ != nullptr);
  if (encoder_->takes_raw()) {
    return write_raw_runs(batch, accepted, options_.snaplen, *encoder_, scratch_, sink_);
  }
  for (const std::uint32_t index : accepted) {
    if (auto added = encoder_->add(batch.packets[index], scratch_); !added) {
      auto written = put_scratch();  // what fitted before it
      return written ? added : written;
    }
    if (scratch_.size() < BufferedSink::kLargeRun) continue;
    if (auto written = put_scratch(); !written) return written;
  }
  return put_scratch();
}

Result<> CaptureWriter::write(const Batch& batch) {
  const std::size_t had = all_.size();
  if (had < batch.packets.size()) {
    all_.resize(batch.packets.size());
    std::iota(all_.begin(), all_.end(), 0u);
  }
  return write(batch, std::span(all_).first(batch.packets.size()));
}

Result<> CaptureWriter::write(const Packet& packet) {
  WEIR_CHECK(encoder_ != nullptr);
  auto added = encoder_->add(packet, scratch_);
  // A packet that does not fit may have brought a header, and that belongs into the file.
  auto written = put_scratch();
  return added ? written : added;
}

Result<> CaptureWriter::close() {
  if (encoder_ == nullptr) set_encoder(Format::kPcap);
  auto finished = encoder_->finish(scratch_);
  if (finished) finished = put_scratch();
  auto closed = sink_.close();
  return finished ? closed : finished;
}

Result<> CaptureWriter::put_scratch() {
  auto written = sink_.write(scratch_.bytes());
  scratch_.clear();
  return written;
}

}  // namespace weir::capfile
