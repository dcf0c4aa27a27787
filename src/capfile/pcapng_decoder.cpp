// Reads pcapng blocks: packets become Packets, sections and interfaces change what those mean, and
// all other blocks are handed on as they stand.
#include <algorithm>
#include <array>
#include <string>

#include "base/reader.h"
#include "capfile/decoder.h"
#include "capfile/limits.h"
#include "capfile/pcapng_format.h"
#include "capfile/pcapng_interface.h"
#include "capfile/pcapng_section.h"

namespace weir::capfile {
namespace {

// Interfaces of all sections together; a file with more is noise that wants our memory.
constexpr std::size_t kMaxInterfaces = 1u << 18;

struct BlockHeader {
  BlockType type;
  std::uint32_t length;  // header and trailer included
};

// A whole block in the window.
struct Block {
  BlockType type;
  std::span<const std::byte> bytes;
  Extent extent;

  std::span<const std::byte> body() const {
    return bytes.subspan(kBlockHeader, bytes.size() - kMinBlock);
  }
};

class PcapngDecoder final : public RecordDecoder {
 public:
  explicit PcapngDecoder(Compression compression) {
    info_.compression = compression;
    info_.format = Format::kPcapng;
    info_.variant = "pcapng";
  }

  DecodeProgress decode(std::span<const std::byte> bytes, std::uint64_t offset,
                        BatchBuilder& into) override {
    std::size_t at = 0;
    for (;;) {
      at = section_.take_packets(bytes, at, into);
      if (into.full()) break;
      const auto left = bytes.subspan(at);
      if (left.size() < kMinBlock) break;
      if (starts_section(left) && !set_byte_order(left)) {
        return damage(at, offset, no_byte_order());
      }
      const BlockHeader header = header_of(left);
      if (!section_.is_sane(header.length)) return damage(at, offset, bad_length(header));
      if (left.size() < header.length) break;
      const Block block = {.type = header.type,
                           .bytes = left.first(header.length),
                           .extent = {static_cast<std::uint32_t>(at),
                                      static_cast<std::uint32_t>(at + header.length)}};
      if (auto added = add(block, into); !added) return damage(at, offset, added.error());
      at += header.length;
    }
    return {.taken = at, .damage = {}};
  }

  Error cut_short(std::span<const std::byte> left, std::uint64_t offset) const override {
    // Where the byte order of a new section is not there yet, its length cannot be read either.
    const std::size_t expected = left.size() < kMinBlock ? kMinBlock : header_of(left).length;
    return {.message = "block is cut short: " + std::to_string(expected) + " bytes expected, " +
                       std::to_string(left.size()) + " left",
            .hint = {},
            .offset = offset};
  }

  const CaptureInfo& info() const override { return info_; }

 private:
  static DecodeProgress damage(std::size_t at, std::uint64_t offset, Error error) {
    error.offset = offset + at;
    return {.taken = at, .damage = std::move(error)};
  }

  BlockHeader header_of(std::span<const std::byte> left) const {
    return {.type = BlockType{load<std::uint32_t>(left.data(), section_.byte_order)},
            .length = load<std::uint32_t>(left.data() + 4, section_.byte_order)};
  }

  bool starts_section(std::span<const std::byte> left) const {
    return header_of(left).type == BlockType::kSection;
  }

  // A section tells its byte order after its length, so that has to be known first.
  bool set_byte_order(std::span<const std::byte> left) {
    for (const std::endian order : {std::endian::little, std::endian::big}) {
      if (load<std::uint32_t>(left.data() + kBlockHeader, order) != kByteOrderMagic) continue;
      section_.byte_order = order;
      return true;
    }
    return false;
  }

  static Error no_byte_order() {
    return fail("section header has no byte-order magic: 1a2b3c4d expected").error();
  }

  Error bad_length(const BlockHeader& header) const {
    const std::string expected = header.length > section_.max_block
                                     ? "at most " + std::to_string(section_.max_block)
                                     : "a multiple of 4, at least 12,";
    return fail("block claims a length of " + std::to_string(header.length) + ": " + expected +
                " expected")
        .error();
  }

  Result<> add(const Block& block, BatchBuilder& into) {
    const std::byte* trailer = block.bytes.data() + block.bytes.size() - kBlockTrailer;
    if (load<std::uint32_t>(trailer, section_.byte_order) != block.bytes.size()) {
      return fail("block's length at its end is " +
                  std::to_string(load<std::uint32_t>(trailer, section_.byte_order)) + ": " +
                  std::to_string(block.bytes.size()) + " expected, as at its start");
    }
    for (const Handler& handler : kHandlers) {
      if (handler.type == block.type) return (this->*handler.handle)(block, into);
    }
    return add_other(block, into);
  }

  Result<> add_enhanced(const Block& block, BatchBuilder& into) {
    if (block.bytes.size() < kPacketData + kBlockTrailer)
      return too_short("enhanced packet", block);
    return add_packet(block, field(block, 8), into);
  }

  // The obsolete Packet Block has the same layout, but for a 16-bit interface and a count of drops.
  Result<> add_old_packet(const Block& block, BatchBuilder& into) {
    if (block.bytes.size() < kPacketData + kBlockTrailer) return too_short("packet", block);
    return add_packet(block, load<std::uint16_t>(block.bytes.data() + 8, section_.byte_order),
                      into);
  }

  Result<> add_packet(const Block& block, std::uint32_t interface, BatchBuilder& into) {
    if (interface >= section_.interfaces.size()) return unknown_interface(interface);
    const std::uint32_t caplen = field(block, kPacketCaplenOffset);
    const std::size_t room = block.bytes.size() - kPacketData - kBlockTrailer;
    if (caplen > room) return too_much_data(caplen, room);
    into.add(section_.packet_of(block.bytes, interface, caplen), block.extent);
    return {};
  }

  // No time stamp, no captured length, and always of the section's first interface.
  Result<> add_simple(const Block& block, BatchBuilder& into) {
    if (block.bytes.size() < kSimplePacketData + kBlockTrailer)
      return too_short("simple packet", block);
    if (section_.interfaces.empty()) return unknown_interface(0);
    const std::uint32_t length = field(block, kBlockHeader);
    const std::uint32_t caplen = std::min(length, section_.interfaces.front().snaplen);
    const std::size_t room = block.bytes.size() - kSimplePacketData - kBlockTrailer;
    if (caplen > room) return too_much_data(caplen, room);
    into.add({.bytes = block.bytes.subspan(kSimplePacketData, caplen),
              .wire_length = length,
              .link_type = section_.interfaces.front().link_type,
              .interface_id = section_.first_interface},
             block.extent);
    return {};
  }

  Result<> add_section(const Block& block, BatchBuilder& into) {
    if (block.bytes.size() < kMinSection) return too_short("section header", block);
    const auto major = load<std::uint16_t>(block.bytes.data() + 12, section_.byte_order);
    const auto minor = load<std::uint16_t>(block.bytes.data() + 14, section_.byte_order);
    // Some programs write 1.2 and mean 1.0.
    if (major != kPcapngMajor || (minor != 0 && minor != 2)) {
      return fail(
          "pcapng version " + std::to_string(major) + "." + std::to_string(minor) + " is not known",
          "version 1.0 can be read");
    }
    if (block.extent.begin == 0 && info_.interfaces.empty()) info_.byte_order = section_.byte_order;
    section_.first_interface = static_cast<std::uint32_t>(info_.interfaces.size());
    section_.interfaces.clear();
    return add_other(block, into);
  }

  Result<> add_interface(const Block& block, BatchBuilder& into) {
    if (block.bytes.size() < kMinInterface) return too_short("interface description", block);
    if (info_.interfaces.size() == kMaxInterfaces) {
      return fail("more than " + std::to_string(kMaxInterfaces) + " interfaces");
    }
    auto interface = read_interface(block.body(), section_.byte_order);
    if (!interface) return std::unexpected(interface.error());
    const LinkType link_type = interface->link_type;
    section_.interfaces.push_back(
        {.link_type = link_type,
         .snaplen = effective_snaplen(link_type, interface->snaplen),
         .time = TimeScale(interface->ticks_per_second, interface->offset_seconds)});
    section_.max_block = std::max(section_.max_block, max_caplen(link_type) + kMaxBlockOverhead);
    info_.interfaces.push_back(std::move(*interface));
    return add_other(block, into);
  }

  Result<> add_other(const Block& block, BatchBuilder& into) {
    into.add(OtherBlock{.extent = block.extent,
                        .type = static_cast<std::uint32_t>(block.type),
                        .byte_order = section_.byte_order});
    return {};
  }

  // REQUIRES: the caller has checked the block's length.
  std::uint32_t field(const Block& block, std::size_t offset) const {
    return load<std::uint32_t>(block.bytes.data() + offset, section_.byte_order);
  }

  static std::unexpected<Error> too_short(const char* what, const Block& block) {
    return fail(std::string(what) + " block is too short: " + std::to_string(block.bytes.size()) +
                " bytes");
  }
  static std::unexpected<Error> too_much_data(std::uint32_t caplen, std::size_t room) {
    return fail("packet claims " + std::to_string(caplen) + " captured bytes, at most " +
                std::to_string(room) + " expected in its block");
  }
  std::unexpected<Error> unknown_interface(std::uint32_t interface) const {
    return fail("packet is of interface " + std::to_string(interface) +
                ", but its section describes " + std::to_string(section_.interfaces.size()) +
                " before it");
  }

  struct Handler {
    BlockType type;
    Result<> (PcapngDecoder::*handle)(const Block&, BatchBuilder&);
  };
  static const std::array<Handler, 5> kHandlers;

  CaptureInfo info_;
  PcapngSection section_;
};

const std::array<PcapngDecoder::Handler, 5> PcapngDecoder::kHandlers = {{
    {BlockType::kSection, &PcapngDecoder::add_section},
    {BlockType::kInterface, &PcapngDecoder::add_interface},
    {BlockType::kEnhancedPacket, &PcapngDecoder::add_enhanced},
    {BlockType::kSimplePacket, &PcapngDecoder::add_simple},
    {BlockType::kPacket, &PcapngDecoder::add_old_packet},
}};

}  // namespace

bool is_pcapng(std::span<const std::byte> start) {
  ByteReader reader(start, std::endian::little);
  return reader.u32() == static_cast<std::uint32_t>(BlockType::kSection) && reader.ok();
}

std::unique_ptr<RecordDecoder> open_pcapng(Compression compression) {
  return std::make_unique<PcapngDecoder>(compression);
}

}  // namespace weir::capfile
