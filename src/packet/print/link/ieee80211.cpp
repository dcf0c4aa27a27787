// Wireless LANs (IEEE 802.11): frames, and those that control the medium.
#include "packet/print/link/ieee80211.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::ieee80211 {
namespace {

constexpr Field kFields[] = {
    {.name = "wlan.fc.version", .offset = 0, .size = 1, .mask = 0x03},
    {.name = "wlan.fc.type", .offset = 0, .size = 1, .mask = 0x0c},
    {.name = "wlan.fc.subtype", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "wlan.flags", .offset = 1, .size = 1, .show = Show::kHex},
    {.name = "wlan.ra", .offset = 4, .size = 6, .show = Show::kMac},
};
constexpr Protocol kFrame{.name = "802.11", .fields = kFields};
constexpr Field kTransmitter{.name = "wlan.ta", .show = Show::kMac};
constexpr Field kSource{.name = "wlan.sa", .show = Show::kMac};
constexpr Field kDestination{.name = "wlan.da", .show = Show::kMac};
constexpr Field kBssid{.name = "wlan.bssid", .show = Show::kMac};

enum Type : std::uint8_t { kManagement, kControl, kData };

enum ControlFlag : std::uint16_t {
  kToDs = 0x0100,
  kFromDs = 0x0200,
  kMoreFragments = 0x0400,
  kRetry = 0x0800,
  kPowerManagement = 0x1000,
  kMoreData = 0x2000,
  kProtected = 0x4000,
  kOrdered = 0x8000,
};
constexpr Named kShownFlags[] = {
    {kMoreData, "More Data "}, {kMoreFragments, "More Fragments "}, {kPowerManagement, "Pwr Mgmt "},
    {kRetry, "Retry "},        {kOrdered, "Strictly Ordered "},     {kProtected, "Protected "},
};

constexpr std::size_t kAddress1 = 4, kAddress2 = 10, kAddress3 = 16, kAddress4 = 24;
constexpr std::size_t kMac = 6;

struct ControlFrame {
  std::uint8_t subtype;
  std::string_view name;
  std::size_t size;
  std::string_view labels[2];  // of its addresses, with -e
  int shown;                   // the one that is shown without -e; 0: none
};
constexpr std::uint8_t kBlockAckRequest = 0x8, kPowerSavePoll = 0xa;
constexpr ControlFrame kControlFrames[] = {
    {0x7, "Control Wrapper", 16, {}, 0},
    {kBlockAckRequest, "BAR", 20, {}, 0},
    {0x9, "BA", 10, {"RA", ""}, 1},
    {kPowerSavePoll, "Power Save-Poll", 16, {"BSSID", "TA"}, 0},
    {0xb, "Request-To-Send", 16, {"RA", "TA"}, 2},
    {0xc, "Clear-To-Send", 10, {"RA", ""}, 1},
    {0xd, "Acknowledgment", 10, {"RA", ""}, 1},
    {0xe, "CF-End", 16, {"RA", "BSSID"}, 1},
    {0xf, "CF-End+CF-Ack", 16, {"RA", "BSSID"}, 1},
};

// Bits of a data frame's subtype.
constexpr std::uint8_t kCfAck = 1, kCfPoll = 2, kNoData = 4, kQos = 8;

// Which addresses of a data frame stand where, by the bits To DS and From DS.
struct DataAddresses {
  std::string_view labels[4];
  std::size_t source;
  std::size_t destination;
};
constexpr DataAddresses kDataAddresses[] = {
    {{"DA", "SA", "BSSID", ""}, kAddress2, kAddress1},
    {{"BSSID", "SA", "DA", ""}, kAddress2, kAddress3},
    {{"DA", "BSSID", "SA", ""}, kAddress3, kAddress1},
    {{"RA", "TA", "DA", "SA"}, kAddress4, kAddress3},
};

void dump(Line& line, const View& view) { line.unknown_payload(view.claiming(view.captured())); }

class Frame {
 public:
  Frame(Line& line, const View& view, bool is_padded)
      : line_(line), view_(view), control_(view.le16(0)), is_padded_(is_padded) {}

  std::size_t print() {
    std::size_t size = header_length();
    if (size == 0) return 0;
    if (is_padded_) size = (size + 3) / 4 * 4;
    if (view_.captured() < size) {
      line_.put_cut();
      return size;
    }
    tell_addresses();
    if (line_.options().link_header) put_header();
    return print_body(size);
  }

 private:
  std::uint8_t type() const { return static_cast<std::uint8_t>(control_ >> 2 & 3); }
  std::uint8_t subtype() const { return static_cast<std::uint8_t>(control_ >> 4 & 0xf); }
  bool has(ControlFlag flag) const { return (control_ & flag) != 0; }
  const DataAddresses& data_addresses() const { return kDataAddresses[control_ >> 8 & 3]; }

  const ControlFrame* control_frame() const {
    const auto found = std::ranges::find(kControlFrames, subtype(), &ControlFrame::subtype);
    return found == std::ranges::end(kControlFrames) ? nullptr : found;
  }

  // 0 for a frame that is not known, which it then says.
  std::size_t header_length() {
    if (type() == kManagement) return kManagementHeader;
    if (type() == kData) return (has(kToDs) && has(kFromDs) ? 30u : 24u) + (is_qos() ? 2u : 0u);
    if (type() != kControl) {
      line_.print("unknown 802.11 frame type ({})", type());
      return 0;
    }
    const ControlFrame* frame = control_frame();
    if (frame != nullptr) return frame->size;
    line_.print("unknown 802.11 ctrl frame subtype ({})", subtype());
    return 0;
  }

  bool is_qos() const { return (subtype() & kQos) != 0; }

  void tell_addresses() {
    if (!line_.wants_fields()) return;
    if (type() == kManagement) {
      line_.field(kDestination, view_, kAddress1, kMac);
      line_.field(kSource, view_, kSourceAt, kMac);
      line_.field(kBssid, view_, kAddress3, kMac);
    } else if (type() == kData) {
      line_.field(kTransmitter, view_, kAddress2, kMac);
      line_.field(kSource, view_, data_addresses().source, kMac);
      line_.field(kDestination, view_, data_addresses().destination, kMac);
    }
  }

  void put_address(std::string_view label, std::size_t at) {
    if (label.empty()) return;
    const auto address = view_.bytes(at, kMac);
    line_.print("{}:", label);
    line_.station(address);
    line_.put(' ');
  }

  void put_header() {
    if (line_.verbose()) {
      line_.put(bit_names(kShownFlags, control_, "", ""));
      if (type() != kControl || subtype() != kPowerSavePoll) line_.print("{}us ", view_.le16(2));
    }
    if (type() == kManagement) {
      put_address("BSSID", kAddress3);
      put_address("DA", kAddress1);
      put_address("SA", kAddress2);
    } else if (type() == kData) {
      put_data_header();
    } else if (subtype() == kBlockAckRequest) {
      put_block_ack_request();
    } else {
      put_address(control_frame()->labels[0], kAddress1);
      put_address(control_frame()->labels[1], kAddress2);
    }
  }

  void put_data_header() {
    const bool has_ack = (subtype() & kCfAck) != 0;
    const bool has_poll = (subtype() & kCfPoll) != 0;
    if (has_ack || has_poll || is_qos())
      line_.print("CF {}{}{}{} ", has_ack ? "Ack" : "", has_ack && has_poll ? "/" : "",
                  has_poll ? "Poll" : "", is_qos() ? "+QoS" : "");
    constexpr std::size_t kAt[] = {kAddress1, kAddress2, kAddress3, kAddress4};
    for (std::size_t i = 0; i < std::size(kAt); ++i)
      put_address(data_addresses().labels[i], kAt[i]);
  }

  void put_block_ack_request() {
    line_.put(' ');
    put_address("RA", kAddress1);
    put_address("TA", kAddress2);
    const std::uint16_t control = view_.le16(16);
    line_.print("CTL({:x}) SEQ({}) ", control, view_.le16(18));
  }

  // Returns how long the headers are, with those of the body that belong to the link.
  std::size_t print_body(std::size_t size) {
    bool is_whole = true;
    if (type() == kManagement) {
      is_whole = print_management(line_, view_, size);
    } else if (type() == kControl) {
      print_control();
    } else if ((subtype() & kNoData) == 0) {
      if (!has(kProtected)) return size + print_data(view_.from(size));
      line_.put("Data");
      is_whole = print_wep(line_, view_.from(size));
    }
    if (!is_whole) line_.put_cut();
    return size;
  }

  void print_control() {
    const ControlFrame& frame = *control_frame();
    line_.put(frame.name);
    if (subtype() == kPowerSavePoll) return line_.print(" AID({:x})", view_.le16(2));
    if (line_.options().link_header) return;
    if (subtype() == kBlockAckRequest) return put_block_ack_request();
    if (frame.shown == 0) return;
    line_.put(' ');
    put_address(frame.shown == 1 ? "RA" : "TA", frame.shown == 1 ? kAddress1 : kAddress2);
  }

  std::size_t print_data(const View& payload) {
    const llc::Result llc = llc::print(line_, payload, view_.bytes(data_addresses().source, kMac),
                                       view_.bytes(data_addresses().destination, kMac));
    if (!llc.known) dump(line_, payload);
    return llc.header_length;
  }

  Line& line_;
  View view_;
  std::uint16_t control_;
  bool is_padded_;
};

}  // namespace

bool print_wep(Line& line, const View& body) {
  if (!body.has(0, 4)) return false;
  const std::uint32_t iv = body.le32(0);
  line.print(" IV:{:3x} Pad {:x} KeyID {:x}", iv & 0xffffff, iv >> 24 & 0x3f, iv >> 30);
  return true;
}

std::size_t print_frame(Line& line, const View& view, const FrameCheck& check) {
  if (view.length() < check.check_length) {
    line.set_protocol(kFrame);
    line.put_cut();
    return view.captured();
  }
  const View frame = view.first(view.length() - check.check_length);
  line.begin_layer(kFrame, frame);
  if (frame.captured() < 2) {
    line.put_cut();
    return view.captured();
  }
  return Frame(line, frame, check.is_padded).print();
}

void print_link(Line& line, const View& view) {
  line.set_link_header_length(print_frame(line, view, {}));
}

void print_radiotap_link(Line& line, const View& view) {
  line.set_link_header_length(print_radiotap(line, view));
}

}  // namespace weir::packet::ieee80211
