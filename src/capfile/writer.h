// CaptureWriter: packets into a capture file or a pipe. Records of a source in the same format
// leave as they stand, as many in one write as lie together.
//
//   auto writer = CaptureWriter::create("out.pcapng.zst", options_for_path("out.pcapng.zst"));
//   writer->begin(reader->info());
//   writer->write(*batch, accepted);   // for each batch
//   writer->close();                   // the file is whole only when this succeeds
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <weir/packet.h>
#include <weir/result.h>

#include "capfile/batch.h"
#include "capfile/buffered_sink.h"
#include "capfile/encoder.h"
#include "capfile/info.h"

namespace weir::capfile {

struct WriterOptions {
  std::optional<Format> format = {};  // nullopt: that of the first source
  Compression compression = Compression::kNone;
  // pcap: kMicroseconds or kNanoseconds; nullopt: whatever loses nothing of the first source.
  std::optional<std::uint64_t> ticks_per_second = {};
  std::uint32_t snaplen = 0;  // longer packets are cut to this; 0: not at all
  // More than one source will come. A pcap file then has room for packets of any length, not only
  // for those of the first source.
  bool several_sources = false;
};

// By suffix: .pcap .cap .dmp, .pcapng .ntar, each also with .gz, .zst or .zstd behind it.
WriterOptions options_for_path(const std::string& path);

// Whether both name one existing file: writing it would destroy what is about to be read. `-` is
// standard input and standard output.
bool same_file(const std::string& input, const std::string& output);

// Whether it can be read again from its start; `-` counts as a pipe.
bool is_regular_file(const std::string& path);

class CaptureWriter {
 public:
  // `-` is standard output.
  static Result<CaptureWriter> create(const std::string& path, const WriterOptions& options,
                                      StopQuestion stopped = {});
  static CaptureWriter over(std::unique_ptr<ByteSink> sink, const WriterOptions& options);

  // From here on, packets come from `source`, which must live until the last of them is written.
  // Call it again for every further source. Packet::interface_id counts in its interfaces.
  Result<> begin(const CaptureInfo& source);

  // The accepted packets of a batch of the source, by ascending index, and the blocks around them.
  Result<> write(const Batch& batch, std::span<const std::uint32_t> accepted);
  // All of them.
  Result<> write(const Batch& batch);
  // A packet from elsewhere than a batch: from a ring, or changed by a program.
  Result<> write(const Packet& packet);

  // Makes what was written visible to a reader of the file or the pipe.
  Result<> flush() { return sink_.flush(); }
  // Ends the file. Without it the file may lack its end, and errors stay unseen.
  Result<> close();

  // False when the reader of standard output has gone; that is no error.
  bool wanted() const { return sink_.wanted(); }

  // Before compression.
  std::uint64_t bytes_written() const { return sink_.written(); }

 private:
  CaptureWriter(std::unique_ptr<ByteSink> sink, const WriterOptions& options);

  void set_encoder(Format format);
  Result<> put_scratch();

  BufferedSink sink_;
  WriterOptions options_;
  std::unique_ptr<RecordEncoder>
      encoder_;  // null before begin() when the source decides the format
  ByteWriter scratch_{std::endian::little};
  std::vector<std::uint32_t> all_;  // 0, 1, 2, ... for write(batch)
};

}  // namespace weir::capfile
