// LLC (IEEE 802.2).
#include <algorithm>

#include "packet/print/link/snap.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::llc {
namespace {

constexpr Field kFields[] = {
    {.name = "llc.dsap", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "llc.ssap", .offset = 1, .size = 1, .show = Show::kHex},
    {.name = "llc.control", .offset = 2, .size = 1, .show = Show::kHex},
};
constexpr Protocol kLlc{.name = "llc", .fields = kFields};

constexpr std::uint8_t kSnap = 0xaa, kNovell = 0xff;
constexpr Named kSaps[] = {
    {0x00, "Null"},  {kNovell, "Global"}, {0x02, "802.1B I"},  {0x03, "802.1B G"},
    {0x06, "IP"},    {0x04, "SNA"},       {0x0e, "ProWay NM"}, {0x42, "STP"},
    {0x4e, "RS511"}, {0x7e, "ISO8208"},   {0x8e, "ProWay"},    {kSnap, "SNAP"},
    {0xe0, "IPX"},   {0xf0, "NetBeui"},   {0xfe, "OSI"},
};

constexpr std::uint8_t kUnnumberedInformation = 0x03, kExchangeId = 0xaf;
constexpr Named kCommands[] = {
    {kUnnumberedInformation, "ui"},
    {0xe3, "test"},
    {kExchangeId, "xid"},
    {0x63, "ua"},
    {0x43, "disc"},
    {0x0f, "dm"},
    {0x6f, "sabme"},
    {0x87, "frmr"},
};
constexpr Named kSupervisory[] = {{0, "Receiver Ready"}, {1, "Receiver not Ready"}, {2, "Reject"}};

constexpr std::uint8_t kResponse = 0x01;  // in the source
constexpr std::uint16_t kPollShort = 0x10, kPollLong = 0x100;
constexpr Named kFlags[] = {
    {0, "Command"},       {kResponse, "Response"},
    {kPollShort, "Poll"}, {kPollShort | kResponse, "Final"},
    {kPollLong, "Poll"},  {kPollLong | kResponse, "Final"},
};

void print_ipx(Line& line, const View& view) {
  if (line.options().link_header) line.put("IPX 802.2: ");
  ipx::print(line, view);
}

struct SapPrinter {
  std::uint8_t sap;  // of both ends
  Printer print;
};
constexpr SapPrinter kSapPrinters[] = {
    {0x06, ip::print},  // RFC 948
    {0x42, stp::print},
    {0xfe, isoclns::print},
    {0xe0, print_ipx},
};

void dump(Line& line, const View& view) {
  line.hex_and_ascii_lines(view.claiming(view.captured()), "\n\t");
}

// One frame. Unnumbered ones have one byte of control, the others two, in little endian.
class Frame {
 public:
  Frame(Line& line, const View& view)
      : line_(line),
        dsap_(view.u8(0) & 0xfe),
        ssap_(view.u8(1) & 0xfe),
        is_group_((view.u8(0) & 1) != 0),
        response_(view.u8(1) & kResponse),
        is_unnumbered_((view.u8(2) & 3) == 3),
        control_(is_unnumbered_ ? view.u8(2) : view.le16(2)),
        length_(view.length()),
        payload_(view.from(is_unnumbered_ ? 3 : 4)) {}

  std::size_t header_length() const { return is_unnumbered_ ? 3 : 4; }

  Result print(std::span<const std::byte> source, std::span<const std::byte> destination) {
    if (line_.options().link_header) put_header();
    if (ssap_ == dsap_ && is_unnumbered_ && control_ == kUnnumberedInformation) {
      if (ssap_ == kSnap) return print_snap(source, destination);
      const auto found = std::ranges::find(kSapPrinters, ssap_, &SapPrinter::sap);
      if (found != std::ranges::end(kSapPrinters)) {
        found->print(line_, payload_);
        return result(true);
      }
    }
    if (!line_.options().link_header) put_ends(source, destination);
    return result(print_control());
  }

 private:
  Result result(bool known) const { return {.header_length = header_length(), .known = known}; }

  Result print_snap(std::span<const std::byte> source, std::span<const std::byte> destination) {
    const bool known = snap::print(line_, payload_, source, destination);
    return {.header_length = header_length() + snap::kHeader, .known = known};
  }

  void put_header() {
    line_.print("LLC, dsap {} (0x{:02x}) {}, ssap {} (0x{:02x}) {}",
                name_of(kSaps, dsap_, "Unknown"), dsap_, is_group_ ? "Group" : "Individual",
                name_of(kSaps, ssap_, "Unknown"), ssap_, name_of(kFlags, response_));
    if (is_unnumbered_) {
      line_.print(", ctrl 0x{:02x}: ", control_);
    } else {
      line_.print(", ctrl 0x{:04x}: ", control_);
    }
  }

  void put_ends(std::span<const std::byte> source, std::span<const std::byte> destination) {
    const bool has_addresses = !source.empty() && !destination.empty();
    const std::string ssap = named(kSaps, ssap_, "Unknown SSAP 0x{:02x}");
    if (has_addresses) line_.station(source);
    if (ssap_ != dsap_) {
      if (has_addresses) line_.put(' ');
      line_.put(ssap);
    }
    if (has_addresses || ssap_ != dsap_) line_.put(" > ");
    if (has_addresses) {
      line_.station(destination);
      line_.put(' ');
    }
    line_.put(named(kSaps, dsap_, "Unknown DSAP 0x{:02x}"));
    line_.put(' ');
  }

  std::string_view flags(std::uint16_t poll) const {
    return name_of(kFlags, response_ | (control_ & poll), "?");
  }

  // False when what follows is still to be shown.
  bool print_control() {
    if (is_unnumbered_) return print_unnumbered();
    const bool is_supervisory = (control_ & 1) != 0;
    if (is_supervisory) {
      line_.print("Supervisory, {}", name_of(kSupervisory, control_ >> 2 & 3, "?"));
    } else {
      line_.print("Information, send seq {}", control_ >> 1 & 0x7f);
    }
    line_.print(", rcv seq {}, Flags [{}], length {}", control_ >> 9 & 0x7f, flags(kPollLong),
                length_);
    return is_supervisory;
  }

  bool print_unnumbered() {
    const std::uint16_t command = control_ & 0xef;
    line_.print("Unnumbered, {}, Flags [{}], length {}", named(kCommands, command, "{:02x}"),
                flags(kPollShort), length_);
    return command == kExchangeId && print_exchange_id();
  }

  // False when the information is in no format of IEEE 802.2.
  bool print_exchange_id() {
    constexpr std::uint8_t kBasicFormat = 0x81;
    if (payload_.length() == 0) return true;
    if (payload_.captured() == 0) {
      line_.put_cut();
      return true;
    }
    if (payload_.u8(0) != kBasicFormat) return false;
    if (payload_.captured() < 3 || payload_.length() < 3) {
      line_.put_cut();
      dump(line_, payload_);
    } else {
      line_.print(": {:02x} {:02x}", payload_.u8(1), payload_.u8(2));
    }
    return true;
  }

  Line& line_;
  std::uint8_t dsap_;
  std::uint8_t ssap_;
  bool is_group_;
  std::uint8_t response_;
  bool is_unnumbered_;
  std::uint16_t control_;
  std::size_t length_;  // of all
  View payload_;
};

bool has_header(const View& view) {
  const std::size_t size = std::min(view.captured(), view.length());
  return size >= 4 || (size == 3 && (view.u8(2) & 3) == 3);
}

// Novell's frames of old have no LLC header: the payload begins with a checksum of all ones.
bool is_novell(const View& view) { return view.u8(0) == kNovell && view.u8(1) == kNovell; }

}  // namespace

Result print(Line& line, const View& view, std::span<const std::byte> source,
             std::span<const std::byte> destination) {
  line.begin_layer(kLlc, view);
  if (!has_header(view)) {
    line.put_cut();
    dump(line, view);
    return {.header_length = std::min(view.captured(), view.length()), .known = true};
  }
  if (is_novell(view)) {
    if (line.options().link_header) line.put("IPX 802.3: ");
    ipx::print(line, view);
    return {.header_length = 0, .known = true};
  }
  return Frame(line, view).print(source, destination);
}

}  // namespace weir::packet::llc
