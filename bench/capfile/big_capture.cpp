#include "big_capture.h"

#include <filesystem>
#include <vector>

#include "capfile/reader.h"
#include "capfile/writer.h"

namespace weir::bench {
namespace {

// Internet mixes have many small packets, some full ones, and few between.
constexpr std::uint32_t kLengths[] = {60,  60,   60, 66, 66,   90, 130, 342,
                                      576, 1500, 66, 60, 1500, 82, 310, 1032};

capfile::CaptureInfo ethernet() {
  capfile::CaptureInfo info;
  info.interfaces.emplace_back();
  return info;
}

Result<> fill(capfile::CaptureWriter& writer, BigCapture& capture, std::uint64_t bytes) {
  const std::vector<std::byte> data(2048, std::byte{0x5a});
  const capfile::CaptureInfo info = ethernet();
  if (auto begun = writer.begin(info); !begun) return begun;
  while (writer.bytes_written() < bytes) {
    const std::uint32_t length = kLengths[capture.packets % std::size(kLengths)];
    const auto time_ns =
        static_cast<std::int64_t>(1'700'000'000'000'000'000 + capture.packets * 1000);
    auto written = writer.write(
        Packet{.bytes = std::span(data).first(length), .wire_length = length, .time_ns = time_ns});
    if (!written) return written;
    ++capture.packets;
  }
  return writer.close();
}

Result<> copy(capfile::CaptureReader& reader, capfile::CaptureWriter& writer) {
  if (auto begun = writer.begin(reader.info()); !begun) return begun;
  for (;;) {
    const auto batch = reader.next_batch();
    if (!batch) return std::unexpected(batch.error());
    if (batch->end()) return writer.close();
    if (auto written = writer.write(*batch); !written) return written;
  }
}

}  // namespace

Result<BigCapture> make_big_pcap(const std::string& folder, std::uint64_t bytes) {
  BigCapture capture = {.path = folder + "/big.pcap"};
  auto writer = capfile::CaptureWriter::create(capture.path, {.format = capfile::Format::kPcap});
  if (!writer) return std::unexpected(writer.error());
  if (auto filled = fill(*writer, capture, bytes); !filled) {
    return std::unexpected(filled.error());
  }
  capture.bytes = std::filesystem::file_size(capture.path);
  return capture;
}

Result<BigCapture> convert(const BigCapture& source, const std::string& suffix) {
  BigCapture capture = source;
  capture.path = std::filesystem::path(source.path).replace_extension(suffix);
  auto reader = capfile::CaptureReader::open(source.path);
  if (!reader) return std::unexpected(reader.error());
  auto writer =
      capfile::CaptureWriter::create(capture.path, capfile::options_for_path(capture.path));
  if (!writer) return std::unexpected(writer.error());
  if (auto copied = copy(*reader, *writer); !copied) return std::unexpected(copied.error());
  capture.bytes = std::filesystem::file_size(capture.path);
  return capture;
}

}  // namespace weir::bench
