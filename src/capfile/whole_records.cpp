#include "capfile/whole_records.h"

#include "base/endian.h"
#include "capfile/pcap_format.h"
#include "capfile/pcapng_format.h"

namespace weir::capfile {
namespace {

using Bytes = std::span<const std::byte>;

// The length of the first block, which may be in either byte order: sections that are copied keep
// theirs, and only in that order do both of its lengths agree. 0: it is not whole.
std::size_t block_length(Bytes bytes) {
  if (bytes.size() < kMinBlock) return 0;
  for (const std::endian order : {std::endian::little, std::endian::big}) {
    const auto length = load<std::uint32_t>(bytes.data() + 4, order);
    if (length < kMinBlock || length > bytes.size()) continue;
    const std::byte* trailer = bytes.data() + length - kBlockTrailer;
    if (load<std::uint32_t>(trailer, order) == length) return length;
  }
  return 0;
}

}  // namespace

std::size_t whole_pcap_records(Bytes bytes, std::uint64_t position, std::endian order) {
  std::size_t whole = position == 0 ? kPcapFileHeader : 0;
  if (whole > bytes.size()) return 0;
  while (bytes.size() - whole >= kPcapRecordHeader) {
    const auto caplen = load<std::uint32_t>(bytes.data() + whole + kPcapCaplenOffset, order);
    if (caplen > bytes.size() - whole - kPcapRecordHeader) break;
    whole += kPcapRecordHeader + caplen;
  }
  return whole;
}

std::size_t whole_pcapng_blocks(Bytes bytes) {
  std::size_t whole = 0;
  while (const std::size_t length = block_length(bytes.subspan(whole))) whole += length;
  return whole;
}

}  // namespace weir::capfile
