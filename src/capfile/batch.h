// A Batch: some records of a capture file, as they lie in the reader's window, and the packets in
// them. Everything in it is a view that lives until the reader's next step.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <weir/packet.h>

namespace weir::capfile {

// Bytes [begin, end) of Batch::bytes.
struct Extent {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(Extent, Extent) = default;
};

// A pcapng block that is no packet: a section header, an interface, names, statistics, ...
struct OtherBlock {
  Extent extent;
  std::uint32_t type = 0;
  std::endian byte_order = std::endian::native;
};

// Invariant: the extents of `records` and of `others` together cover `bytes` without gaps or
// overlaps, each of the two in ascending order.
struct Batch {
  std::span<const Packet> packets;
  std::span<const Extent> records;     // one for each packet: its record with header and options
  std::span<const OtherBlock> others;  // always empty in pcap
  std::span<const std::byte> bytes;

  // The end of the file. A batch without packets is not the end: it may hold other blocks.
  bool end() const { return bytes.empty(); }
  std::span<const std::byte> raw(Extent extent) const {
    return bytes.subspan(extent.begin, extent.end - extent.begin);
  }
};

// What a decoder fills. Its arrays are made once and stay in the cache from batch to batch.
class BatchBuilder {
 public:
  // Few enough for the packets and their headers to stay in the first- and second-level cache.
  static constexpr std::size_t kMaxRecords = 512;

  BatchBuilder() : packets_(kMaxRecords), records_(kMaxRecords) { others_.reserve(kMaxRecords); }

  void clear() {
    count_ = 0;
    others_.clear();
  }
  bool full() const { return count_ == kMaxRecords || others_.size() == kMaxRecords; }
  std::size_t room() const { return full() ? 0 : kMaxRecords - count_; }

  // REQUIRES: !full().
  void add(const Packet& packet, Extent record) {
    packets_[count_] = packet;
    records_[count_] = record;
    ++count_;
  }
  void add(const OtherBlock& block) { others_.push_back(block); }

  // REQUIRES: `bytes` is what the added extents count in.
  Batch batch(std::span<const std::byte> bytes) const {
    return {.packets = std::span(packets_).first(count_),
            .records = std::span(records_).first(count_),
            .others = others_,
            .bytes = bytes};
  }

 private:
  std::vector<Packet> packets_;
  std::vector<Extent> records_;
  std::vector<OtherBlock> others_;
  std::size_t count_ = 0;
};

}  // namespace weir::capfile
