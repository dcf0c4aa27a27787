// Reads a capture to its end and keeps what it held.
#pragma once

#include <optional>
#include <vector>

#include "capfile/reader.h"
#include "harness/memory_streams.h"

namespace weir::test {

struct OwnedPacket {
  Bytes bytes;
  std::uint32_t wire_length = 0;
  std::int64_t time_ns = 0;
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t interface_id = 0;
  Direction direction = Direction::kUnknown;

  friend bool operator==(const OwnedPacket&, const OwnedPacket&) = default;
};

inline OwnedPacket owned(const Packet& packet) {
  return {.bytes = {packet.bytes.begin(), packet.bytes.end()},
          .wire_length = packet.wire_length,
          .time_ns = packet.time_ns,
          .link_type = packet.link_type,
          .interface_id = packet.interface_id,
          .direction = packet.direction};
}

struct ReadResult {
  std::vector<OwnedPacket> packets;
  std::vector<Bytes> records;
  std::vector<std::uint32_t> others;  // block types
  Bytes raw;                          // all that the batches covered
  std::optional<Error> error;
  capfile::CaptureInfo info;
};

inline void append(ReadResult& result, const capfile::Batch& batch) {
  for (std::size_t i = 0; i < batch.packets.size(); ++i) {
    result.packets.push_back(owned(batch.packets[i]));
    const auto record = batch.raw(batch.records[i]);
    result.records.emplace_back(record.begin(), record.end());
  }
  for (const capfile::OtherBlock& other : batch.others) result.others.push_back(other.type);
  result.raw.insert(result.raw.end(), batch.bytes.begin(), batch.bytes.end());
}

inline ReadResult read_all(Result<capfile::CaptureReader> reader) {
  ReadResult result;
  if (!reader) {
    result.error = reader.error();
    return result;
  }
  for (;;) {
    const auto batch = reader->next_batch();
    if (!batch) result.error = batch.error();
    if (!batch || batch->end()) break;
    append(result, *batch);
  }
  result.info = reader->info();
  return result;
}

inline ReadResult read_all(Bytes file, SourceFaults faults = {},
                           std::size_t window = capfile::Window::kDefaultCapacity) {
  return read_all(capfile::CaptureReader::open(
      std::make_unique<MemorySource>(std::move(file), faults), window));
}

}  // namespace weir::test
