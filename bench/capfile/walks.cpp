#include "walks.h"

#include <fcntl.h>
#include <pcap/pcap.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <vector>

#include "base/check.h"
#include "base/fd.h"
#include "capfile/reader.h"
#include "capfile/writer.h"

namespace weir::bench {
namespace {

constexpr std::size_t kFileHeader = 24;
constexpr std::size_t kRecordHeader = 16;

std::uint32_t field(std::span<const std::byte> bytes, std::size_t offset) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

// Both count the whole records at the front of `bytes` and give the bytes they take.
std::size_t count_records(std::span<const std::byte> bytes, Walked& walked) {
  std::size_t at = 0;
  while (bytes.size() - at >= kRecordHeader) {
    const std::uint32_t caplen = field(bytes, at + 8);
    if (bytes.size() - at - kRecordHeader < caplen) break;
    ++walked.packets;
    walked.captured += caplen;
    at += kRecordHeader + caplen;
  }
  return at;
}

std::size_t count_blocks(std::span<const std::byte> bytes, Walked& walked) {
  constexpr std::uint32_t kEnhancedPacket = 6;
  constexpr std::size_t kEnough = 24;
  std::size_t at = 0;
  while (bytes.size() - at >= kEnough) {
    const std::uint32_t length = field(bytes, at + 4);
    if (bytes.size() - at < length) break;
    if (field(bytes, at) == kEnhancedPacket) {
      ++walked.packets;
      walked.captured += field(bytes, at + 20);
    }
    at += length;
  }
  return at;
}

template <typename Count>
Walked walk_bare(const std::string& path, std::size_t skip, Count count_whole) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  WEIR_CHECK(fd.valid());
  constexpr std::size_t kChunk = capfile::Window::kDefaultCapacity;
  const auto buffer = std::make_unique_for_overwrite<std::byte[]>(kChunk);
  Walked walked;
  std::size_t left = 0;
  for (;;) {
    const ssize_t count = ::read(fd.get(), buffer.get() + left, kChunk - left);
    if (count <= 0) return walked;
    const std::size_t have = left + static_cast<std::size_t>(count);
    const std::size_t end = skip + count_whole({buffer.get() + skip, have - skip}, walked);
    skip = 0;
    left = have - end;
    std::memmove(buffer.get(), buffer.get() + end, left);
  }
}

template <typename Use>
Walked for_each_batch(const std::string& path, Use use) {
  Walked walked;
  auto reader = capfile::CaptureReader::open(path);
  WEIR_CHECK(reader.has_value());
  for (;;) {
    const auto batch = reader->next_batch();
    WEIR_CHECK(batch.has_value());
    if (batch->end()) return walked;
    walked.packets += batch->packets.size();
    for (const Packet& packet : batch->packets) walked.captured += packet.bytes.size();
    use(*reader, *batch);
  }
}

template <typename Accept>
Walked copy_to_null(const std::string& path, Accept accept) {
  auto writer = capfile::CaptureWriter::create("/dev/null", {});
  WEIR_CHECK(writer.has_value());
  std::vector<std::uint32_t> accepted;
  bool begun = false;
  const Walked walked = for_each_batch(path, [&](const auto& reader, const auto& batch) {
    if (!begun) WEIR_CHECK(writer->begin(reader.info()).has_value());
    begun = true;
    accepted.clear();
    for (std::uint32_t i = 0; i < batch.packets.size(); ++i) {
      if (accept(i)) accepted.push_back(i);
    }
    WEIR_CHECK(writer->write(batch, accepted).has_value());
  });
  WEIR_CHECK(writer->close().has_value());
  return walked;
}

}  // namespace

Walked walk_bare_pcap(const std::string& path) {
  return walk_bare(path, kFileHeader, count_records);
}

Walked walk_bare_pcapng(const std::string& path) { return walk_bare(path, 0, count_blocks); }

Walked walk_reader(const std::string& path) {
  return for_each_batch(path, [](const auto&, const auto&) {});
}

Walked walk_copy_all(const std::string& path) {
  return copy_to_null(path, [](std::uint32_t) { return true; });
}

Walked walk_copy_half(const std::string& path) {
  return copy_to_null(path, [](std::uint32_t index) { return index % 2 == 0; });
}

Walked walk_libpcap(const std::string& path) {
  char error[PCAP_ERRBUF_SIZE] = {};
  pcap_t* handle = pcap_open_offline(path.c_str(), error);
  WEIR_CHECK(handle != nullptr);
  Walked walked;
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  while (pcap_next_ex(handle, &header, &data) == 1) {
    ++walked.packets;
    walked.captured += header->caplen;
  }
  pcap_close(handle);
  return walked;
}

const char* libpcap_version() { return pcap_lib_version(); }

}  // namespace weir::bench
