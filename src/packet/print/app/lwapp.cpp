// Lightweight Access Point Protocol (RFC 5412).
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::lwapp {
namespace {

constexpr Field kFields[] = {
    {.name = "lwapp.version", .offset = 0, .size = 1, .mask = 0xc0},
    {.name = "lwapp.slotId", .offset = 0, .size = 1, .mask = 0x38},
    {.name = "lwapp.Length", .offset = 2, .size = 2},
};
constexpr Protocol kControl{.name = "lwapp_control", .fields = kFields};
constexpr Protocol kData{.name = "lwapp_data", .fields = kFields};

constexpr std::size_t kHeader = 6;
constexpr std::size_t kIdentity = 6;  // of the access point, before the header
constexpr std::size_t kMessageHeader = 8;

constexpr Named kBits[] = {
    {0x01, "Last Fragment Bit"}, {0x02, "Fragment Bit"}, {0x04, "Control Bit"}};

constexpr Named kMessages[] = {
    {1, "Discovery req"},
    {2, "Discovery resp"},
    {3, "Join req"},
    {4, "Join resp"},
    {5, "Join ack"},
    {6, "Join confirm"},
    {10, "Configure req"},
    {11, "Configure resp"},
    {12, "Update req"},
    {13, "Update resp"},
    {14, "WTP event req"},
    {15, "WTP event resp"},
    {16, "Change state event req"},
    {17, "Change state event resp"},
    {22, "Echo req"},
    {23, "Echo resp"},
    {24, "Image data req"},
    {25, "Image data resp"},
    {26, "Channel status req"},
    {27, "Channel status resp"},
    {30, "Key update req"},
    {31, "Key update resp"},
    {32, "Primary discovery req"},
    {33, "Primary discovery resp"},
    {34, "Data transfer req"},
    {35, "Data transfer resp"},
    {36, "Clear config ind"},
    {37, "Wlan config req"},
    {38, "Wlan config resp"},
    {39, "Mobile config req"},
    {40, "Mobile config resp"},
};

// "LWAPPv0, Control frame"; false, and said so, when the version is another.
bool print_kind(Line& line, std::uint8_t bits) {
  const int version = bits >> 6;
  if (version != 0) line.print("LWAPP version {} packet not supported", version);
  if (version != 0) return false;
  line.print("LWAPPv0, {} frame", (bits & 4) != 0 ? "Control" : "Data");
  return true;
}

std::string flags_text(std::uint8_t bits) { return bit_names(kBits, bits & 7u, ", ", "none"); }

// Returns its length; 0 when nothing can follow.
std::size_t print_message(Line& line, const View& left) {
  if (!left.need(0, kMessageHeader)) return 0;
  const std::size_t length = left.length() < kMessageHeader ? 0 : left.u16(2);
  if (left.length() < kMessageHeader + length) {
    line.put("\n\t  Msg goes past end of PDU");
    return 0;
  }
  const std::uint8_t type = left.u8(0);
  line.print("\n\t  Msg type: {} ({}), Seqnum: {}, Msg len: {}, Session: 0x{:08x}",
             name_of(kMessages, type, "Unknown"), type, left.u8(1), length, left.u32(4));
  return left.need(0, length) ? kMessageHeader + length : 0;
}

void print_control(Line& line, const View& view, std::size_t header_at) {
  line.begin_layer(kControl, view.from(header_at));
  if (!view.has(0, header_at + kHeader)) return line.put_cut();
  const View header = view.from(header_at);
  const std::uint8_t bits = header.u8(0);
  if (!print_kind(line, bits)) return;
  if (!line.verbose())
    return line.print(", Flags [{}], length {}", flags_text(bits), view.length());
  const std::size_t length = header.u16(2);
  line.print(", Radio-id {}, Flags [{}], Frag-id {}, length {}", bits >> 3 & 7, flags_text(bits),
             header.u8(1), length);
  if (header_at != 0) {
    line.put("\n\tAP identity: ");
    line.station(view.bytes(0, kIdentity));
  }
  View left = header.from(kHeader).claiming(length);
  while (left.length() != 0 && !line.cut()) {
    const std::size_t taken = print_message(line, left);
    if (taken == 0) return;
    left = left.from(taken);
  }
}

}  // namespace

void print_control_to_access_point(Line& line, const View& view) { print_control(line, view, 0); }

void print_control_from_access_point(Line& line, const View& view) {
  print_control(line, view, kIdentity);
}

void print_data(Line& line, const View& view) {
  line.begin_layer(kData, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  const std::uint8_t bits = view.u8(0);
  if (!print_kind(line, bits)) return;
  if (!line.verbose())
    return line.print(", Flags [{}], length {}", flags_text(bits), view.length());
  const std::size_t length = view.u16(2);
  line.print(", Radio-id  {}, Flags [{}], ", bits >> 3 & 7, flags_text(bits));
  if (length < kHeader) return line.print("length {} < transport header length", length);
  line.print("Frag-id  {}, length {}", view.u8(1), length);
  put_unknown(line, view, kHeader, length - kHeader, "\n\t");
}

}  // namespace weir::packet::lwapp
