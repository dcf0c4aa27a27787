// Any bytes as a capture file: the reader stays within its promises, whatever the chunks in which
// the bytes come, and what the writer makes of them reads back as the same packets.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "capfile/reader.h"
#include "capfile/writer.h"
#include "harness/memory_streams.h"

namespace weir::test {
namespace {

struct Seen {
  std::vector<Bytes> packets = {};
  std::uint64_t raw_bytes = 0;
  bool damaged = false;
};

// Records and other blocks together cover the batch, one after another.
void check_cover(const capfile::Batch& batch) {
  std::uint32_t at = 0;
  std::size_t record = 0;
  std::size_t other = 0;
  while (at != batch.bytes.size()) {
    if (record < batch.records.size() && batch.records[record].begin == at) {
      at = batch.records[record++].end;
    } else {
      WEIR_CHECK(other < batch.others.size() && batch.others[other].extent.begin == at);
      at = batch.others[other++].extent.end;
    }
  }
  WEIR_CHECK(record == batch.packets.size() && other == batch.others.size());
}

Seen read(const Bytes& file, std::size_t max_read, std::size_t window,
          capfile::CaptureWriter* writer) {
  Seen seen;
  auto reader = capfile::CaptureReader::open(
      std::make_unique<MemorySource>(file, SourceFaults{.max_read = max_read}), window);
  if (!reader) return {.damaged = true};
  bool writes = writer != nullptr && writer->begin(reader->info());
  for (;;) {
    const auto batch = reader->next_batch();
    if (!batch) WEIR_CHECK(batch.error().offset.has_value());
    seen.damaged = !batch;
    if (!batch || batch->end()) return seen;
    check_cover(*batch);
    for (const Packet& packet : batch->packets) {
      WEIR_CHECK(packet.interface_id < reader->info().interfaces.size());
      seen.packets.emplace_back(packet.bytes.begin(), packet.bytes.end());
    }
    seen.raw_bytes += batch->bytes.size();
    if (writes) writes = writer->write(*batch).has_value();
  }
}

// Packets cannot all be told in every format; what could be written reads back the same.
void check_rewrite(const Bytes& file, const Seen& expected, const capfile::WriterOptions& options) {
  Written written;
  auto writer = capfile::CaptureWriter::over(std::make_unique<MemorySink>(written), options);
  (void)read(file, file.size(), 4096, &writer);
  WEIR_CHECK(writer.close().has_value());
  const Seen again = read(written.bytes, written.bytes.size(), 4096, nullptr);
  WEIR_CHECK(!again.damaged && again.packets.size() <= expected.packets.size());
  const bool same = std::equal(
      again.packets.begin(), again.packets.end(), expected.packets.begin(),
      [&](const Bytes& left, const Bytes& right) {
        const std::size_t most = options.snaplen == 0 ? right.size() : options.snaplen;
        return std::ranges::equal(left, std::span(right).first(std::min(right.size(), most)));
      });
  WEIR_CHECK(same);
}

}  // namespace
}  // namespace weir::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir;
  using namespace weir::test;
  const auto* first = reinterpret_cast<const std::byte*>(data);
  const Bytes file(first, first + size);
  const Seen whole = read(file, std::max<std::size_t>(size, 1), 1 << 16, nullptr);
  const Seen pieces = read(file, 7, 64, nullptr);
  WEIR_CHECK(whole.packets == pieces.packets && whole.damaged == pieces.damaged);
  check_rewrite(file, whole, {});
  check_rewrite(file, whole, {.snaplen = 20});
  check_rewrite(file, whole, {.format = capfile::Format::kPcap});
  check_rewrite(file, whole, {.format = capfile::Format::kPcapng});
  return 0;
}
