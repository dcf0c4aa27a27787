// CaptureFileReader and CaptureFileWriter of include/weir/capture_file.h.
#include <algorithm>
#include <memory>
#include <utility>

#include <weir/capture_file.h>

#include "base/check.h"
#include "capfile/reader.h"
#include "capfile/writer.h"

namespace weir {

namespace {

// Tells readers apart. Whoever holds it keeps its address from being given to another one, as that
// of a reader is once the reader has gone.
using Identity = std::shared_ptr<const char>;

}  // namespace

struct CaptureFileReader::State {
  capfile::CaptureReader reader;
  capfile::Batch batch;
  Identity identity = std::make_shared<const char>();
};

struct CaptureFileWriter::State {
  capfile::CaptureWriter writer;
  Identity source;
};

CaptureFileReader::CaptureFileReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaptureFileReader::CaptureFileReader(CaptureFileReader&&) noexcept = default;
CaptureFileReader& CaptureFileReader::operator=(CaptureFileReader&&) noexcept = default;
CaptureFileReader::~CaptureFileReader() = default;

Result<CaptureFileReader> CaptureFileReader::open(const std::string& path) {
  auto reader = capfile::CaptureReader::open(path);
  if (!reader) return std::unexpected(std::move(reader.error()));
  return CaptureFileReader(
      std::make_unique<State>(State{.reader = std::move(*reader), .batch = {}}));
}

// A batch may hold other blocks than packets alone: those are passed over, not the end.
Result<std::span<const Packet>> CaptureFileReader::next() {
  do {
    const Result<capfile::Batch> batch = state_->reader.next_batch();
    if (!batch) return std::unexpected(batch.error());
    state_->batch = *batch;
  } while (!state_->batch.end() && state_->batch.packets.empty());
  return state_->batch.packets;
}

CaptureFileWriter::CaptureFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
CaptureFileWriter::CaptureFileWriter(CaptureFileWriter&&) noexcept = default;
CaptureFileWriter& CaptureFileWriter::operator=(CaptureFileWriter&&) noexcept = default;
CaptureFileWriter::~CaptureFileWriter() = default;

Result<CaptureFileWriter> CaptureFileWriter::create(const std::string& path,
                                                    const CaptureFileReader& reader,
                                                    const CaptureFileOptions& options) {
  capfile::WriterOptions writer_options = capfile::options_for_path(path);
  writer_options.snaplen = options.snaplen;
  if (options.format) {
    const bool pcap = *options.format == CaptureFileFormat::kPcap;
    writer_options.format = pcap ? capfile::Format::kPcap : capfile::Format::kPcapng;
  }
  auto writer = capfile::CaptureWriter::create(path, writer_options);
  if (!writer) return std::unexpected(std::move(writer.error()));
  const CaptureFileReader::State& source = *reader.state_;
  if (const Result<> begun = writer->begin(source.reader.info()); !begun)
    return std::unexpected(begun.error());
  return CaptureFileWriter(
      std::make_unique<State>(State{.writer = std::move(*writer), .source = source.identity}));
}

Result<> CaptureFileWriter::write(const CaptureFileReader& reader,
                                  std::span<const std::uint32_t> indices) {
  const CaptureFileReader::State& source = *reader.state_;
  const std::size_t packets = source.batch.packets.size();
  WEIR_CHECK(std::ranges::all_of(indices, [&](std::uint32_t index) { return index < packets; }));
  if (state_->source != source.identity) {
    state_->source = source.identity;
    if (Result<> begun = state_->writer.begin(source.reader.info()); !begun) return begun;
  }
  return state_->writer.write(source.batch, indices);
}

Result<> CaptureFileWriter::close() { return state_->writer.close(); }

}  // namespace weir
