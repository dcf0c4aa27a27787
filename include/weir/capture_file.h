// Capture files: packets out of and into pcap and pcapng, plain or compressed with gzip or zstd.
//
//   auto in = weir::CaptureFileReader::open("in.pcap");
//   while (auto packets = in->next()) {      // an Error ends the loop as well
//     if (packets->empty()) break;           // the end of the file
//     for (const weir::Packet& packet : *packets) ...
//   }
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <weir/link_type.h>
#include <weir/packet.h>
#include <weir/result.h>

namespace weir {

class CaptureFileReader {
 public:
  // `-` is standard input.
  static Result<CaptureFileReader> open(const std::string& path);
  CaptureFileReader(CaptureFileReader&&) noexcept;
  CaptureFileReader& operator=(CaptureFileReader&&) noexcept;
  ~CaptureFileReader();

  // The next packets, in views that live until the next call; none at the end of the file. A
  // damaged file gives every packet before the damage, and then an Error whose offset says where it
  // is.
  Result<std::span<const Packet>> next();

 private:
  friend class CaptureFileWriter;
  struct State;
  explicit CaptureFileReader(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

enum class CaptureFileFormat : std::uint8_t { kPcap, kPcapng };

struct CaptureFileOptions {
  // None: as the name's suffix says, or as the reader's file is.
  std::optional<CaptureFileFormat> format = {};
  std::uint32_t snaplen = 0;  // longer packets are cut to this; 0: not at all
};

// Writes packets of a reader, which keeps what the file says about them: interfaces, time
// resolution, comments. When the formats are the same, records leave as they stand.
class CaptureFileWriter {
 public:
  // `-` is standard output. Compressed when the name ends in .gz or .zst.
  static Result<CaptureFileWriter> create(const std::string& path, const CaptureFileReader& reader,
                                          const CaptureFileOptions& options = {});
  CaptureFileWriter(CaptureFileWriter&&) noexcept;
  CaptureFileWriter& operator=(CaptureFileWriter&&) noexcept;
  ~CaptureFileWriter();

  // Some of the packets that reader.next() gave last, by ascending index. The reader is that of
  // create(), or another one from then on.
  Result<> write(const CaptureFileReader& reader, std::span<const std::uint32_t> indices);
  // Ends the file, which is whole only when this succeeds.
  Result<> close();

 private:
  struct State;
  explicit CaptureFileWriter(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace weir
