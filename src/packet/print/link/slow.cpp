// The slow protocols of Ethernet (IEEE 802.3 annex 57A): link aggregation (LACP and its markers,
// IEEE 802.1AX) and OAM.
#include "packet/print/link/slow.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::slow {
namespace {

constexpr Field kFields[] = {
    {.name = "slow.subtype", .offset = 0, .size = 1},
};
constexpr Protocol kSlow{.name = "slow", .fields = kFields};
constexpr Field kActorSystem{.name = "lacp.actor.sysid", .show = Show::kMac};
constexpr Field kPartnerSystem{.name = "lacp.partner.sysid", .show = Show::kMac};

constexpr std::uint8_t kLacp = 1, kMarker = 2, kOam = 3;
constexpr Named kProtocols[] = {{kLacp, "LACP"}, {kMarker, "MARKER"}, {kOam, "OAM"}};
constexpr std::uint8_t kVersion = 1;  // of LACP and of markers

constexpr std::size_t kTlvHeader = 2;
constexpr std::uint8_t kTerminator = 0;

constexpr Named kStates[] = {
    {0x01, "Activity"},   {0x02, "Timeout"},      {0x04, "Aggregation"}, {0x08, "Synchronization"},
    {0x10, "Collecting"}, {0x20, "Distributing"}, {0x40, "Default"},     {0x80, "Expired"},
};

void put_end(Line& line, const View& data, const Field& field) {
  line.field(field, data, 2, 6);
  line.put("\n\t  System ");
  line.station(data.bytes(2, 6));
  line.print(", System Priority {}, Key {}, Port {}, Port Priority {}\n\t  State Flags [{}]",
             data.u16(0), data.u16(8), data.u16(12), data.u16(10),
             bit_names(kStates, data.u8(14), ", ", "none"));
}

void print_actor(Line& line, const View& data) { put_end(line, data, kActorSystem); }
void print_partner(Line& line, const View& data) { put_end(line, data, kPartnerSystem); }

void print_collector(Line& line, const View& data) {
  line.print("\n\t  Max Delay {}", data.u16(0));
}

void print_marker(Line& line, const View& data) {
  line.put("\n\t  Request System ");
  line.station(data.bytes(2, 6));
  line.print(", Request Port {}, Request Transaction ID 0x{:08x}", data.u16(0), data.u32(8));
}

struct Tlv {
  std::uint8_t protocol;
  std::uint8_t type;
  std::string_view name;
  std::size_t data_size;
  Printer print;
};
constexpr Tlv kTlvs[] = {
    {kLacp, 1, "Actor Information", 18, print_actor},
    {kLacp, 2, "Partner Information", 18, print_partner},
    {kLacp, 3, "Collector Information", 14, print_collector},
    {kMarker, 1, "Marker Information", 14, print_marker},
};

const Tlv* find_tlv(std::uint8_t protocol, std::uint8_t type) {
  const auto found = std::ranges::find_if(
      kTlvs, [&](const Tlv& tlv) { return tlv.protocol == protocol && tlv.type == type; });
  return found == std::ranges::end(kTlvs) ? nullptr : found;
}

void print_tlv_data(Line& line, const Tlv* tlv, const View& data) {
  if (tlv != nullptr && data.length() != tlv->data_size) {
    line.print("\n\t    ERROR: illegal length - should be {}", kTlvHeader + tlv->data_size);
  } else if (tlv != nullptr) {
    tlv->print(line, data);
  }
  if (tlv == nullptr || line.verbose(2)) dump_lines(line, data, data.length());
}

void print_tlvs(Line& line, std::uint8_t protocol, View rest) {
  while (rest.length() >= kTlvHeader) {
    const std::uint8_t type = rest.u8(0);
    const std::size_t size = rest.u8(1);
    if (line.cut()) return;
    const Tlv* tlv = find_tlv(protocol, type);
    const std::string_view name = tlv != nullptr ? tlv->name : "Unknown";
    line.print("\n\t{} TLV (0x{:02x}), length {}", type == kTerminator ? "Terminator" : name, type,
               size);
    if (type == kTerminator) return;
    if (size < kTlvHeader) return line.put("\n\t    ERROR: illegal length - should be >= 2");
    if (size > rest.length()) break;
    if (!rest.need(0, size)) return;
    print_tlv_data(line, tlv, rest.from(kTlvHeader).claiming(size - kTlvHeader));
    rest = rest.from(size);
  }
  if (rest.length() != 0) line.put("\n\t\t packet is too short");
}

void put_too_short(Line& line) {
  line.put(line.verbose() ? "\n\t\t packet is too short" : " (packet is too short)");
}

}  // namespace

void dump_lines(Line& line, const View& view, std::size_t size) {
  line.hex_lines(view.claiming(std::min(size, view.captured())), "\n\t  ");
}

void print(Line& line, const View& view) {
  line.begin_layer(kSlow, view);
  if (view.length() < 1) return put_too_short(line);
  const std::uint8_t protocol = view.u8(0);
  const bool has_version = protocol == kLacp || protocol == kMarker;
  const std::string name = named(kProtocols, protocol, "unknown ({})");
  if (has_version) {
    if (view.length() < 2) return put_too_short(line);
    if (const std::uint8_t version = view.u8(1); version != kVersion)
      return line.print("{} version {} packet not supported", name, version);
    line.print("{}v{}, length {}", name, kVersion, view.length());
    if (line.verbose()) print_tlvs(line, protocol, view.from(2));
    return;
  }
  line.print("{}, length {}", name, view.length());
  if (protocol != kOam) {
    line.hex_lines(view.claiming(std::min(view.length(), view.captured())), "\n\t");
  } else if (line.verbose()) {
    print_oam(line, view.from(1));
  }
}

}  // namespace weir::packet::slow
