// A RecordEncoder turns packets into the records of one format. Where a source's records fit as
// they stand, it says so, and only what must change is written anew.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <weir/packet.h>
#include <weir/result.h>

#include "base/writer.h"
#include "capfile/batch.h"
#include "capfile/info.h"

namespace weir::capfile {

struct EncoderOptions {
  std::optional<std::uint64_t> ticks_per_second = {};  // pcap; nullopt: what the first source has
  std::uint32_t snaplen = 0;                           // packets are cut to this; 0: not at all
  bool several_sources = false;  // pcap: the header's snaplen must do for those that follow, too
};

class RecordEncoder {
 public:
  virtual ~RecordEncoder() = default;

  // From here on, packets come from `source`, which lives until the next call. Writes file headers
  // as far as they can be known.
  virtual Result<> begin(const CaptureInfo& source, ByteWriter& out) = 0;

  // Whether raw records of the source fit as they stand (unless they are longer than the snaplen).
  virtual bool takes_raw() const = 0;

  // A packet of the source as a record of this format, cut to the snaplen, with the headers that it
  // needs before it. After an error `out` has these at most.
  virtual Result<> add(const Packet& packet, ByteWriter& out) = 0;

  // REQUIRES: takes_raw(). The record again with its packet cut to the snaplen, options kept.
  virtual void add_cut(const Packet& packet, std::span<const std::byte> record,
                       ByteWriter& out) = 0;

  // REQUIRES: takes_raw(). A block that is no packet, with what the rewrite makes wrong put right.
  virtual void add_other(const OtherBlock& block, std::span<const std::byte> bytes,
                         ByteWriter& out) = 0;

  // How many of `bytes`, which this encoder or its source made whole and which stand at `position`
  // of the file, belong to whole records.
  virtual std::size_t whole_records(std::span<const std::byte> bytes,
                                    std::uint64_t position) const = 0;

  // What is needed for a sound file without any packet. The source may be gone by now.
  virtual Result<> finish(ByteWriter& out) = 0;
};

std::unique_ptr<RecordEncoder> make_pcap_encoder(const EncoderOptions& options);
std::unique_ptr<RecordEncoder> make_pcapng_encoder(const EncoderOptions& options);

// The packet's bytes as far as `snaplen` goes; 0 is no limit.
inline std::span<const std::byte> cut(const Packet& packet, std::uint32_t snaplen) {
  if (snaplen == 0 || packet.bytes.size() <= snaplen) return packet.bytes;
  return packet.bytes.first(snaplen);
}

}  // namespace weir::capfile
