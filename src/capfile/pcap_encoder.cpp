// Writes pcap: one header, one link type, one resolution for the whole file.
#include <algorithm>
#include <string>

#include "capfile/encoder.h"
#include "capfile/limits.h"
#include "capfile/pcap_format.h"
#include "capfile/whole_records.h"

namespace weir::capfile {
namespace {

constexpr std::uint64_t kSecondsLimit = std::uint64_t{1} << 32;
constexpr std::uint64_t kNsPerMicrosecond = kNanoseconds / kMicroseconds;

constexpr const PcapVariant& standard_variant(std::uint64_t ticks_per_second) {
  return ticks_per_second == kNanoseconds ? kPcapVariants[1] : kPcapVariants[0];
}
static_assert(standard_variant(kNanoseconds).ticks_per_second == kNanoseconds);
static_assert(standard_variant(kMicroseconds).ticks_per_second == kMicroseconds);

// Microseconds, unless that would lose something.
std::uint64_t resolution_of(const CaptureInfo& source) {
  const auto is_finer = [](const Interface& interface) {
    return kMicroseconds % interface.ticks_per_second != 0;
  };
  return std::ranges::any_of(source.interfaces, is_finer) ? kNanoseconds : kMicroseconds;
}

// No reader delivers more of a packet than the header's snaplen, so it must not be too small for
// what is still to come. Only a pcap source has one for all of its packets.
std::uint32_t source_snaplen(const CaptureInfo& source, LinkType link_type) {
  if (source.format != Format::kPcap || source.interfaces.empty()) return max_caplen(link_type);
  return longest_packet(link_type, source.interfaces.front().snaplen, source.pcap.record_header);
}

class PcapEncoder final : public RecordEncoder {
 public:
  explicit PcapEncoder(const EncoderOptions& options) : options_(options) {}

  Result<> begin(const CaptureInfo& source, ByteWriter& out) override {
    source_ = &source;
    if (started_) return {};
    if (!source.interfaces.empty()) link_type_ = source.interfaces.front().link_type;
    if (source.format != Format::kPcap) return {};
    // Its only link type is known, so that even a file without packets tells it.
    layout_.byte_order = source.byte_order;
    return start(link_type_, source.pcap.network, out);
  }

  bool takes_raw() const override {
    return source_->format == Format::kPcap && source_->has_records && source_->pcap == layout_ &&
           source_snaplen(*source_, link_type_) <= snaplen_;
  }

  Result<> add(const Packet& packet, ByteWriter& out) override {
    if (auto fits = check_link_type(packet, out); !fits) return fits;
    if (auto exact = check_time(packet); !exact) return exact;
    const auto bytes = cut(packet, options_.snaplen);
    if (bytes.size() > snaplen_) return too_long(bytes.size());
    const auto time = static_cast<std::uint64_t>(packet.time_ns);
    const std::uint64_t fraction = time % kNanoseconds;
    // In one piece: this runs for every packet of a live capture.
    std::byte header[kPcapRecordHeader];
    const std::uint32_t fields[] = {
        static_cast<std::uint32_t>(time / kNanoseconds),
        static_cast<std::uint32_t>(in_microseconds_ ? fraction / kNsPerMicrosecond : fraction),
        static_cast<std::uint32_t>(bytes.size()), packet.wire_length};
    for (std::size_t i = 0; i < std::size(fields); ++i)
      store(header + i * sizeof fields[i], fields[i], layout_.byte_order);
    out.append(header);
    out.append(bytes);
    return {};
  }

  void add_cut(const Packet& packet, std::span<const std::byte> record, ByteWriter& out) override {
    const auto bytes = cut(packet, options_.snaplen);
    out.append(record.first(kPcapCaplenOffset));
    put(out, static_cast<std::uint32_t>(bytes.size()));
    out.append(record.subspan(kPcapCaplenOffset + 4, 4));
    out.append(bytes);
  }

  // pcap has no such blocks, so that its sources hand none over.
  void add_other(const OtherBlock&, std::span<const std::byte>, ByteWriter&) override {}

  std::size_t whole_records(std::span<const std::byte> bytes,
                            std::uint64_t position) const override {
    return whole_pcap_records(bytes, position, layout_.byte_order);
  }

  Result<> finish(ByteWriter& out) override {
    if (started_) return {};
    source_ = nullptr;  // may be gone by now
    return start(link_type_, static_cast<std::uint32_t>(link_type_), out);
  }

 private:
  Result<> start(LinkType link_type, std::uint32_t network, ByteWriter& out) {
    started_ = true;
    link_type_ = link_type;
    layout_.network = network;
    choose_resolution_and_snaplen();
    put(out, standard_variant(layout_.ticks_per_second).magic);
    put(out, kPcapMajor);
    put(out, kPcapMinor);
    out.zeros(8);  // time zone and accuracy, always 0
    put(out, options_.snaplen == 0 ? snaplen_ : std::min(snaplen_, options_.snaplen));
    put(out, network);
    return {};
  }

  void choose_resolution_and_snaplen() {
    const bool known = source_ != nullptr;
    layout_.ticks_per_second =
        options_.ticks_per_second.value_or(known ? resolution_of(*source_) : kMicroseconds);
    in_microseconds_ = layout_.ticks_per_second == kMicroseconds;
    snaplen_ = known ? source_snaplen(*source_, link_type_) : kMaxSnaplen;
    if (options_.several_sources) snaplen_ = std::max(snaplen_, max_caplen(link_type_));
  }

  Result<> check_link_type(const Packet& packet, ByteWriter& out) {
    if (!started_) {
      return start(packet.link_type, static_cast<std::uint32_t>(packet.link_type), out);
    }
    if (packet.link_type == link_type_) return {};
    return fail("a pcap file holds one link type: this one has " + link_type_text(link_type_) +
                    ", the packet has " + link_type_text(packet.link_type),
                "write pcapng, or select the packets of one link type");
  }

  Result<> check_time(const Packet& packet) const {
    if (packet.time_ns < 0 ||
        static_cast<std::uint64_t>(packet.time_ns) / kNanoseconds >= kSecondsLimit) {
      return fail("a pcap file cannot hold a time stamp before 1970 or after 2106", "write pcapng");
    }
    // Whoever asked for microseconds gets them; otherwise nothing is rounded behind anybody's back.
    if (in_microseconds_ && !options_.ticks_per_second &&
        static_cast<std::uint64_t>(packet.time_ns) % kNsPerMicrosecond != 0) {
      return fail("the file was begun with microseconds, and a packet has a finer time stamp",
                  "write pcapng: `-w FILE.pcapng`");
    }
    return {};
  }

  std::unexpected<Error> too_long(std::size_t length) const {
    return fail("a packet of " + std::to_string(length) +
                    " bytes does not go into a pcap file of " + "snaplen " +
                    std::to_string(snaplen_),
                "write pcapng: `-w FILE.pcapng`");
  }

  template <std::unsigned_integral T>
  void put(ByteWriter& out, T value) const {
    std::byte field[sizeof value];
    store(field, value, layout_.byte_order);
    out.append(field);
  }

  EncoderOptions options_;
  const CaptureInfo* source_ = nullptr;
  PcapLayout layout_;
  LinkType link_type_ = LinkType::kEn10mb;  // before start(): what the file has without packets
  std::uint32_t snaplen_ = 0;               // before cutting: what packets may have
  bool in_microseconds_ = true;             // or nanoseconds: there is no other resolution
  bool started_ = false;
};

}  // namespace

std::unique_ptr<RecordEncoder> make_pcap_encoder(const EncoderOptions& options) {
  return std::make_unique<PcapEncoder>(options);
}

}  // namespace weir::capfile
