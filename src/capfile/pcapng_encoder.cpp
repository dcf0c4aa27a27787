// Writes pcapng. A pcapng source keeps its own sections: they follow one another in the file, as
// the format allows. Other sources share sections that are made here.
#include <algorithm>
#include <string>
#include <string_view>

#include "base/check.h"
#include "capfile/encoder.h"
#include "capfile/pcapng_format.h"
#include "capfile/whole_records.h"

namespace weir::capfile {
namespace {

constexpr std::string_view kUserApplication = "weir";
constexpr std::endian kOrder = std::endian::little;

void put_option(ByteWriter& out, std::uint16_t code, std::span<const std::byte> value) {
  out.u16(code);
  out.u16(static_cast<std::uint16_t>(value.size()));
  out.append(value);
  out.align(4);
}

void put_text(ByteWriter& out, std::uint16_t code, std::string_view text) {
  constexpr std::size_t kMaxOption = 0xffff;
  if (!text.empty()) put_option(out, code, std::as_bytes(std::span(text.substr(0, kMaxOption))));
}

void put_end_of_options(ByteWriter& out) {
  out.u16(kOptionEnd);
  out.u16(0);
}

// Writes header and trailer around what `body` appends.
template <typename Body>
void put_block(ByteWriter& out, BlockType type, Body&& body) {
  ByteWriter content(kOrder);
  body(content);
  content.align(4);
  const auto length = static_cast<std::uint32_t>(content.size() + kMinBlock);
  out.u32(static_cast<std::uint32_t>(type));
  out.u32(length);
  out.append(content.bytes());
  out.u32(length);
}

void put_section(ByteWriter& out) {
  put_block(out, BlockType::kSection, [](ByteWriter& body) {
    body.u32(kByteOrderMagic);
    body.u16(kPcapngMajor);
    body.u16(0);
    body.u64(kUnknownSectionLength);
    put_text(body, kOptionUserApplication, kUserApplication);
    put_end_of_options(body);
  });
}

void put_interface(ByteWriter& out, const Interface& interface) {
  constexpr std::byte kTenToMinusNine{9};
  put_block(out, BlockType::kInterface, [&](ByteWriter& body) {
    body.u16(static_cast<std::uint16_t>(interface.link_type));
    body.u16(0);
    body.u32(interface.snaplen);
    put_text(body, kOptionInterfaceName, interface.name);
    put_text(body, kOptionInterfaceDescription, interface.description);
    // Microseconds are what an interface has that does not say.
    if (interface.ticks_per_second != kMicroseconds) {
      put_option(body, kOptionTimeResolution, std::span(&kTenToMinusNine, 1));
    }
    if (body.size() > kMinInterface - kMinBlock) put_end_of_options(body);
  });
}

constexpr std::uint32_t direction_flags(Direction direction) {
  switch (direction) {
    case Direction::kInbound:
      return 1;
    case Direction::kOutbound:
      return 2;
    case Direction::kUnknown:
      return 0;
  }
  return 0;
}

class PcapngEncoder final : public RecordEncoder {
 public:
  explicit PcapngEncoder(const EncoderOptions& options) : options_(options) {}

  Result<> begin(const CaptureInfo& source, ByteWriter& out) override {
    source_ = &source;
    ids_.clear();
    if (takes_raw()) {
      in_own_section_ = false;
      started_ = true;
    } else {
      describe_interfaces(out);
    }
    return {};
  }

  bool takes_raw() const override {
    return source_->format == Format::kPcapng && source_->has_records;
  }

  Result<> add(const Packet& packet, ByteWriter& out) override {
    describe_interfaces(out);
    WEIR_CHECK(packet.interface_id < ids_.size());
    const std::uint32_t id = ids_[packet.interface_id];
    if (packet.time_ns < 0) return fail("a pcapng file cannot hold a time stamp before 1970");
    const std::uint64_t ticks = static_cast<std::uint64_t>(packet.time_ns) /
                                (kNanoseconds / own_interfaces_[id].ticks_per_second);
    put_packet(packet, id, ticks, out);
    return {};
  }

  void add_cut(const Packet& packet, std::span<const std::byte> record, ByteWriter& out) override;

  void add_other(const OtherBlock& block, std::span<const std::byte> bytes,
                 ByteWriter& out) override {
    const auto type = BlockType{block.type};
    if (type == BlockType::kCustomNoCopy) return;
    if (type == BlockType::kSection) {
      // Packets may go, and then its length is no longer right.
      out.append(bytes.first(kSectionLengthOffset));
      for (int i = 0; i < 8; ++i) out.u8(0xff);
      out.append(bytes.subspan(kSectionLengthOffset + 8));
    } else if (type == BlockType::kInterface && options_.snaplen != 0) {
      const auto snaplen =
          load<std::uint32_t>(bytes.data() + kInterfaceSnaplenOffset, block.byte_order);
      out.append(bytes.first(kInterfaceSnaplenOffset));
      put(out, cut_snaplen(snaplen), block.byte_order);
      out.append(bytes.subspan(kInterfaceSnaplenOffset + 4));
    } else {
      out.append(bytes);
    }
  }

  std::size_t whole_records(std::span<const std::byte> bytes, std::uint64_t) const override {
    return whole_pcapng_blocks(bytes);
  }

  Result<> finish(ByteWriter& out) override {
    if (!started_) put_section(out);
    started_ = true;
    return {};
  }

 private:
  std::uint32_t cut_snaplen(std::uint32_t snaplen) const {
    if (options_.snaplen == 0) return snaplen;
    return snaplen == 0 ? options_.snaplen : std::min(snaplen, options_.snaplen);
  }

  // Gives every interface of the source an id here; one that is there already is not told again.
  void describe_interfaces(ByteWriter& out) {
    while (ids_.size() < source_->interfaces.size()) {
      if (!in_own_section_) start_section(out);
      Interface interface = as_written(source_->interfaces[ids_.size()]);
      const auto same = std::ranges::find(own_interfaces_, interface);
      ids_.push_back(static_cast<std::uint32_t>(same - own_interfaces_.begin()));
      if (same != own_interfaces_.end()) continue;
      put_interface(out, interface);
      own_interfaces_.push_back(std::move(interface));
    }
  }

  // Packets carry nanoseconds with the offset in them, so microseconds or nanoseconds are enough.
  Interface as_written(Interface interface) const {
    interface.snaplen = cut_snaplen(interface.snaplen);
    interface.offset_seconds = 0;
    if (interface.ticks_per_second != kMicroseconds) interface.ticks_per_second = kNanoseconds;
    return interface;
  }

  void start_section(ByteWriter& out) {
    put_section(out);
    own_interfaces_.clear();
    in_own_section_ = true;
    started_ = true;
  }

  void put_packet(const Packet& packet, std::uint32_t id, std::uint64_t ticks, ByteWriter& out) {
    constexpr std::size_t kFlagsAndEnd = 12;
    const auto bytes = cut(packet, options_.snaplen);
    const std::uint32_t flags = direction_flags(packet.direction);
    const auto length = static_cast<std::uint32_t>(kPacketData + padded(bytes.size()) +
                                                   (flags != 0 ? kFlagsAndEnd : 0) + kBlockTrailer);
    for (const std::uint32_t field :
         {static_cast<std::uint32_t>(BlockType::kEnhancedPacket), length, id,
          static_cast<std::uint32_t>(ticks >> 32), static_cast<std::uint32_t>(ticks),
          static_cast<std::uint32_t>(bytes.size()), packet.wire_length}) {
      out.u32(field);
    }
    out.append(bytes);
    out.zeros(padded(bytes.size()) - bytes.size());
    if (flags != 0) {
      std::byte value[4];
      store(value, flags, kOrder);
      put_option(out, kOptionPacketFlags, value);
      put_end_of_options(out);
    }
    out.u32(length);
  }

  static void put(ByteWriter& out, std::uint32_t value, std::endian order) {
    std::byte field[sizeof value];
    store(field, value, order);
    out.append(field);
  }

  EncoderOptions options_;
  const CaptureInfo* source_ = nullptr;
  std::vector<std::uint32_t> ids_;         // of the source's interfaces in our section
  std::vector<Interface> own_interfaces_;  // of the section that we are in
  bool in_own_section_ = false;
  bool started_ = false;
};

// The block's byte order shows in its two equal lengths and its type, which is a small number.
std::endian order_of(std::span<const std::byte> record) {
  return load<std::uint32_t>(record.data(), std::endian::little) < 0x10000 ? std::endian::little
                                                                           : std::endian::big;
}

void PcapngEncoder::add_cut(const Packet& packet, std::span<const std::byte> record,
                            ByteWriter& out) {
  const std::endian order = order_of(record);
  const auto type = BlockType{load<std::uint32_t>(record.data(), order)};
  const bool simple = type == BlockType::kSimplePacket;
  const std::size_t data = simple ? kSimplePacketData : kPacketData;
  const auto bytes = cut(packet, options_.snaplen);
  // Options and the trailer; a simple packet has no options.
  const auto options =
      simple ? record.last(kBlockTrailer) : record.subspan(data + padded(packet.bytes.size()));
  const std::size_t length = data + padded(bytes.size()) + options.size();

  out.append(record.first(4));
  put(out, static_cast<std::uint32_t>(length), order);
  if (simple) {
    out.append(record.subspan(kBlockHeader, 4));
  } else {
    out.append(record.subspan(kBlockHeader, kPacketCaplenOffset - kBlockHeader));
    put(out, static_cast<std::uint32_t>(bytes.size()), order);
    out.append(record.subspan(kPacketCaplenOffset + 4, 4));
  }
  out.append(bytes);
  out.zeros(padded(bytes.size()) - bytes.size());
  out.append(options.first(options.size() - kBlockTrailer));
  put(out, static_cast<std::uint32_t>(length), order);
}

}  // namespace

std::unique_ptr<RecordEncoder> make_pcapng_encoder(const EncoderOptions& options) {
  return std::make_unique<PcapngEncoder>(options);
}

}  // namespace weir::capfile
