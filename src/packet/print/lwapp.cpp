// LWAPP (RFC 5412): control messages with their heads, data as hex.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::lwapp {
namespace {

constexpr Protocol kControl{.name = "lwapp_control"};
constexpr Protocol kData{.name = "lwapp_data"};
constexpr Field kVersion{.name = "lwapp.version", .mask = 0xc0};
constexpr Field kLength{.name = "lwapp.length"};

constexpr std::size_t kTransport = 6;
constexpr std::size_t kAccessPoint = 6;
constexpr std::size_t kMessageHeader = 8;

constexpr Named kFlags[] = {
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

struct Head {
  unsigned version;
  unsigned radio;
  std::string_view kind;
  std::string flags;
};

Head read_head(const View& transport) {
  const unsigned byte = transport.u8(0);
  return {.version = byte >> 6,
          .radio = byte >> 3 & 7,
          .kind = (byte & 4) != 0 ? "Control" : "Data",
          .flags = bit_names(kFlags, byte & 7, ", ", "none")};
}

// What is all of it without -v; true when more should follow.
bool print_short(Line& line, const Head& head, std::size_t length) {
  if (head.version != 0) {
    line.print("LWAPP version {} packet not supported", head.version);
  } else if (!line.verbose()) {
    line.print("LWAPPv0, {} frame, Flags [{}], length {}", head.kind, head.flags, length);
  }
  return head.version == 0 && line.verbose();
}

void tell_transport(Line& line, const View& transport) {
  line.field(kVersion, transport, 0, 1);
  line.field(kLength, transport, 2, 2);
}

void print_messages(Line& line, View rest) {
  while (rest.length() != 0 && !line.cut()) {
    if (!rest.has(0, kMessageHeader)) return line.put_cut();
    const std::size_t size = rest.u16(2);
    if (rest.length() < kMessageHeader + size) return line.put("\n\t  Msg goes past end of PDU");
    const unsigned type = rest.u8(0);
    line.print("\n\t  Msg type: {} ({}), Seqnum: {}, Msg len: {}, Session: 0x{:08x}",
               name_of(kMessages, type, "Unknown"), type, rest.u8(1), size, rest.u32(4));
    if (!rest.has(0, size)) return line.put_cut();
    rest = rest.from(kMessageHeader + size);
  }
}

void print_control(Line& line, const View& view, bool has_access_point) {
  line.begin_layer(kControl, view);
  const View transport = view.from(has_access_point ? kAccessPoint : 0);
  if ((has_access_point && !view.has(0, kAccessPoint)) || !transport.has(0, kTransport))
    return line.put_cut();
  const Head head = read_head(transport);
  tell_transport(line, transport);
  if (!print_short(line, head, view.length())) return;
  const std::size_t length = transport.u16(2);
  line.print("LWAPPv0, {} frame, Radio-id {}, Flags [{}], Frag-id {}, length {}", head.kind,
             head.radio, head.flags, transport.u8(1), length);
  if (has_access_point)
    line.print("\n\tAP identity: {}", line.station_text(view.bytes(0, kAccessPoint)));
  print_messages(line, transport.from(kTransport).claiming(length));
}

}  // namespace

void print_to_controller(Line& line, const View& view) { print_control(line, view, true); }
void print_from_controller(Line& line, const View& view) { print_control(line, view, false); }

void print_data(Line& line, const View& view) {
  line.begin_layer(kData, view);
  if (!view.has(0, kTransport)) return line.put_cut();
  const Head head = read_head(view);
  tell_transport(line, view);
  if (!print_short(line, head, view.length())) return;
  const std::size_t length = view.u16(2);
  line.print("LWAPPv0, {} frame, Radio-id  {}, Flags [{}], ", head.kind, head.radio, head.flags);
  if (length < kTransport) return line.print("length {} < transport header length", length);
  line.print("Frag-id  {}, length {}", view.u8(1), length);
  const View rest = view.from(kTransport);
  line.hex_lines(rest.claiming(std::min(length - kTransport, rest.captured())), "\n\t");
}

}  // namespace weir::packet::lwapp
