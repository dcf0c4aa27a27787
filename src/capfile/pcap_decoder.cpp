// Reads pcap records. The loop over them is this room's hottest: it is made once for each byte
// order, and everything unusual is kept out of its way.
#include <algorithm>
#include <string>

#include "base/reader.h"
#include "capfile/decoder.h"
#include "capfile/limits.h"
#include "capfile/pcap_format.h"

namespace weir::capfile {
namespace {

// Versions before 2.4 wrote the two lengths of a record in the other order; 2.3 did so sometimes.
enum class LengthOrder : std::uint8_t { kCaplenFirst, kCaplenLast, kSmallerIsCaplen };

struct FileHeader {
  PcapMagic magic;
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  std::uint32_t snaplen = 0;
  std::uint32_t network = 0;

  LinkType link_type() const {
    return link_type_from_file(static_cast<std::uint16_t>(link_type_of(network)));
  }
  // DG/UX's tcpdump called its version 543.0.
  bool known_version() const {
    return (major == kPcapMajor && minor <= kPcapMinor) || (major == 543 && minor == 0);
  }
  LengthOrder length_order() const {
    if (major == kPcapMajor && minor == 3) return LengthOrder::kSmallerIsCaplen;
    return major == kPcapMajor && minor == 4 ? LengthOrder::kCaplenFirst : LengthOrder::kCaplenLast;
  }
};

CaptureInfo info_of(const FileHeader& header, Compression compression) {
  const PcapVariant& variant = *header.magic.variant;
  const PcapLayout layout = {
      .byte_order = header.magic.byte_order,
      .ticks_per_second = variant.ticks_per_second,
      .record_header = variant.record_header,
      .lengths_in_order = header.length_order() == LengthOrder::kCaplenFirst,
      .network = header.network,
  };
  const Interface interface = {
      .link_type = header.link_type(),
      .snaplen = header.snaplen,
      .ticks_per_second = variant.ticks_per_second,
  };
  return {.format = Format::kPcap,
          .compression = compression,
          .byte_order = header.magic.byte_order,
          .variant = variant.name,
          .pcap = layout,
          .interfaces = {interface}};
}

Error damaged(std::string message, std::uint64_t offset, std::string hint = {}) {
  return {.message = std::move(message), .hint = std::move(hint), .offset = offset};
}

class PcapDecoder final : public RecordDecoder {
 public:
  PcapDecoder(const FileHeader& header, Compression compression)
      : info_(info_of(header, compression)),
        snaplen_(longest_packet(header.link_type(), header.snaplen,
                                header.magic.variant->record_header)),
        max_caplen_(max_caplen(header.link_type())),
        header_size_(header.magic.variant->record_header),
        tick_ns_(kNanoseconds / header.magic.variant->ticks_per_second),
        length_order_(header.length_order()) {}

  DecodeProgress decode(std::span<const std::byte> bytes, std::uint64_t offset,
                        BatchBuilder& into) override {
    return info_.byte_order == std::endian::little
               ? decode_in<std::endian::little>(bytes, offset, into)
               : decode_in<std::endian::big>(bytes, offset, into);
  }

  Error cut_short(std::span<const std::byte> left, std::uint64_t offset) const override {
    const bool in_header = left.size() < header_size_;
    const std::size_t expected = in_header ? header_size_ : lengths(left.data()).caplen;
    const std::size_t present = in_header ? left.size() : left.size() - header_size_;
    return damaged(std::string(in_header ? "record header" : "packet") +
                       " is cut short: " + std::to_string(expected) + " bytes expected, " +
                       std::to_string(present) + " left",
                   offset);
  }

  const CaptureInfo& info() const override { return info_; }

 private:
  struct Lengths {
    std::uint32_t caplen;
    std::uint32_t wire;
  };

  template <std::endian kOrder>
  DecodeProgress decode_in(std::span<const std::byte> bytes, std::uint64_t offset,
                           BatchBuilder& into) const {
    const LinkType link_type = info_.interfaces.front().link_type;
    std::size_t at = 0;
    for (std::size_t room = into.room(); room != 0; --room) {
      if (bytes.size() - at < header_size_) break;
      const std::byte* record = bytes.data() + at;
      Lengths length = {load<std::uint32_t>(record + 8, kOrder),
                        load<std::uint32_t>(record + 12, kOrder)};
      if (length_order_ != LengthOrder::kCaplenFirst) [[unlikely]]
        length = reordered(length);
      if (length.caplen > max_caplen_) [[unlikely]]
        return {at, too_long(length.caplen, offset + at)};
      const std::size_t end = at + header_size_ + length.caplen;
      if (end > bytes.size()) break;
      into.add({.bytes = {record + header_size_, std::min(length.caplen, snaplen_)},
                .wire_length = length.wire,
                .time_ns = nanoseconds(load<std::uint32_t>(record, kOrder),
                                       load<std::uint32_t>(record + 4, kOrder)),
                .link_type = link_type},
               {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
      at = end;
    }
    return {.taken = at, .damage = {}};
  }

  // Cannot overflow: 2^32 s is 4.3e18 ns, and a fraction out of range adds at most 4.3e12.
  std::int64_t nanoseconds(std::uint32_t seconds, std::uint32_t ticks) const {
    return static_cast<std::int64_t>(seconds * kNanoseconds + ticks * tick_ns_);
  }

  Lengths lengths(const std::byte* record) const {
    const Lengths length = {load<std::uint32_t>(record + 8, info_.byte_order),
                            load<std::uint32_t>(record + 12, info_.byte_order)};
    return reordered(length);
  }

  Lengths reordered(Lengths length) const {
    const bool swap =
        length_order_ == LengthOrder::kCaplenLast ||
        (length_order_ == LengthOrder::kSmallerIsCaplen && length.caplen > length.wire);
    return swap ? Lengths{length.wire, length.caplen} : length;
  }

  Error too_long(std::uint32_t caplen, std::uint64_t offset) const {
    return damaged("record claims " + std::to_string(caplen) + " captured bytes, at most " +
                       std::to_string(max_caplen_) + " expected",
                   offset, "the file is damaged here; everything before this byte was read");
  }

  CaptureInfo info_;
  std::uint32_t snaplen_;
  std::uint32_t max_caplen_;
  std::size_t header_size_;
  std::uint64_t tick_ns_;
  LengthOrder length_order_;
};

FileHeader read_header(const PcapMagic& magic, ByteReader& reader) {
  FileHeader header = {.magic = magic};
  reader.skip(sizeof magic.variant->magic);
  header.major = reader.u16();
  header.minor = reader.u16();
  reader.skip(8);  // the time zone and the time stamps' accuracy: always 0, and nobody uses them
  header.snaplen = reader.u32();
  header.network = reader.u32();
  reader.skip(magic.variant->file_header - kPcapFileHeader);
  return header;
}

}  // namespace

PcapMagic read_pcap_magic(std::span<const std::byte> start) {
  for (const std::endian order : {std::endian::little, std::endian::big}) {
    const std::uint32_t magic = ByteReader(start, order).u32();
    for (const PcapVariant& variant : kPcapVariants) {
      if (variant.magic == magic) return {.variant = &variant, .byte_order = order};
    }
  }
  return {};
}

std::size_t header_bytes(std::span<const std::byte> start) {
  const PcapMagic magic = read_pcap_magic(start);
  return magic.variant == nullptr ? kFileHeaderBytes : magic.variant->file_header;
}

bool is_pcap(std::span<const std::byte> start) { return read_pcap_magic(start).variant != nullptr; }

Result<OpenedDecoder> open_pcap(std::span<const std::byte> start, Compression compression) {
  const PcapMagic magic = read_pcap_magic(start);
  ByteReader reader(start, magic.byte_order);
  const FileHeader header = read_header(magic, reader);
  if (!reader.ok()) {
    return std::unexpected(
        damaged("file header is cut short: " + std::to_string(magic.variant->file_header) +
                    " bytes expected, " + std::to_string(start.size()) + " left",
                0));
  }
  if (!header.known_version()) {
    return std::unexpected(damaged("pcap version " + std::to_string(header.major) + "." +
                                       std::to_string(header.minor) + " is not known",
                                   4, "versions 2.0 to 2.4 can be read"));
  }
  // draft-ietf-opsawg-pcap, section 4: the bits above are reserved, and to be refused when set.
  if (link_type_of(header.network) > 0xffff) {
    return std::unexpected(damaged(
        "link type " + std::to_string(link_type_of(header.network)) + " is out of range", 20));
  }
  return OpenedDecoder{.decoder = std::make_unique<PcapDecoder>(header, compression),
                       .header_bytes = magic.variant->file_header};
}

}  // namespace weir::capfile
