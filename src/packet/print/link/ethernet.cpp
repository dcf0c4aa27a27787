// Ethernet frames with their VLAN tags (IEEE 802.3, 802.1Q, 802.1ad).
#include <algorithm>

#include "packet/print/link/macsec.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::ethernet {
namespace {

constexpr Field kFields[] = {
    {.name = "eth.dst", .offset = 0, .size = 6, .show = Show::kMac},
    {.name = "eth.src", .offset = 6, .size = 6, .show = Show::kMac},
    {.name = "eth.type", .offset = 12, .size = 2, .show = Show::kHex},
};
constexpr Protocol kEthernet{.name = "ether", .fields = kFields};

constexpr Field kVlanFields[] = {
    {.name = "vlan.priority", .offset = 0, .size = 2, .mask = 0xe000},
    {.name = "vlan.dei", .offset = 0, .size = 2, .show = Show::kFlag, .mask = 0x1000},
    {.name = "vlan.id", .offset = 0, .size = 2, .mask = 0x0fff},
    {.name = "vlan.etype", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kVlan{.name = "vlan", .fields = kVlanFields};

constexpr std::size_t kAddresses = 12;
constexpr std::uint16_t kLargestLength = 1500;
constexpr std::uint16_t kJumboLlc = 0x8870;
constexpr std::uint16_t kMacsec = 0x88e5;
constexpr std::uint16_t kVlanOlder = 0x9200;

constexpr bool is_vlan_type(std::uint16_t type) {
  return type == kEtherTypeVlan || type == kEtherTypeQinq || type == kEtherTypeQinqOld ||
         type == kVlanOlder;
}

// One frame: its headers are read from the front, and `rest_` is what follows them.
class Frame {
 public:
  Frame(Line& line, const View& frame)
      : line_(line), frame_(frame), rest_(frame.from(kAddresses)), length_(frame.length()) {}

  std::size_t print() {
    if (line_.options().link_header) put_addresses();
    type_ = rest_.u16(0);
    skip(2);
    if (type_ == kMacsec && !print_macsec()) return header_length_;
    if (!print_tags()) return header_length_;
    print_payload();
    return header_length_;
  }

 private:
  void put_addresses() {
    line_.station(frame_.bytes(6, 6));
    line_.put(" > ");
    line_.station(frame_.bytes(0, 6));
    line_.put(", ");
  }

  void put_type() {
    if (!line_.options().quick) {
      line_.print("ethertype {} (0x{:04x})", ethertype_text(type_), type_);
    } else if (const std::string_view name = ethertype_text(type_); name != "Unknown") {
      line_.put(name);
    } else {
      line_.print("Unknown Ethertype (0x{:04x})", type_);
    }
  }

  void put_length() {
    line_.print(", length {}: ", length_);
    has_length_ = true;
  }

  void skip(std::size_t count) {
    rest_ = rest_.from(count);
    header_length_ += count;
  }

  // False when nothing behind the tag can be read.
  bool print_macsec() {
    if (line_.options().link_header) {
      put_type();
      put_length();
    }
    const std::size_t before = rest_.captured();
    const macsec::Outcome outcome =
        macsec::print(line_, rest_, frame_.bytes(6, 6), frame_.bytes(0, 6));
    line_.set_protocol(kEthernet);
    if (outcome == macsec::Outcome::kBroken) {
      header_length_ += before;
      return false;
    }
    header_length_ = static_cast<std::size_t>(rest_.data() - frame_.data());
    if (outcome == macsec::Outcome::kEncrypted) {
      dump(rest_);
      return false;
    }
    type_ = rest_.u16(0);
    skip(2);
    return !line_.cut();
  }

  // False when a tag is cut short.
  bool print_tags() {
    while (is_vlan_type(type_)) {
      line_.begin_layer(kVlan, rest_);
      if (rest_.captured() < 4 || rest_.length() < 4) {
        line_.put_cut();
        header_length_ += std::min(rest_.captured(), rest_.length());
        return false;
      }
      if (line_.options().link_header) print_tag();
      type_ = rest_.u16(2);
      skip(4);
    }
    return true;
  }

  void print_tag() {
    put_type();
    if (has_length_) {
      line_.put(", ");
    } else {
      put_length();
    }
    line_.put(vlan_text(rest_.u16(0)));
    line_.put(", ");
  }

  void print_payload() {
    if (type_ <= kLargestLength) return print_llc_payload();
    if (type_ == kJumboLlc) return print_behind_llc(rest_);
    if (line_.options().link_header) {
      put_type();
      if (has_length_) {
        line_.put(", ");
      } else {
        put_length();
      }
    }
    if (!print_ethertype(line_, type_, rest_)) print_unknown();
  }

  void print_unknown() {
    if (!line_.options().link_header) {
      put_addresses();
      put_type();
      put_length();
    }
    dump(rest_);
  }

  // The field is the payload's length, and LLC follows.
  void print_llc_payload() {
    const View payload = rest_.first(std::min<std::size_t>(type_, rest_.length()));
    if (line_.options().link_header) {
      line_.put("802.3");
      if (!has_length_) line_.print(", length {}: ", payload.length());
    }
    print_behind_llc(payload);
  }

  void print_behind_llc(const View& payload) {
    const llc::Result llc = llc::print(line_, payload, frame_.bytes(6, 6), frame_.bytes(0, 6));
    if (!llc.known) dump(payload);
    header_length_ += llc.header_length;
  }

  void dump(const View& view) { line_.unknown_payload(view.claiming(view.captured())); }

  Line& line_;
  const View& frame_;
  View rest_;
  std::size_t length_;  // of the whole frame
  std::size_t header_length_ = kAddresses;
  std::uint16_t type_ = 0;
  bool has_length_ = false;
};

}  // namespace

std::string vlan_text(std::uint16_t tag) {
  return fmt::format("vlan {}, p {}{}", tag & 0x0fff, tag >> 13,
                     (tag & 0x1000) != 0 ? ", DEI" : "");
}

std::size_t print(Line& line, const View& frame) {
  line.begin_layer(kEthernet, frame);
  if (frame.length() < frame.captured()) {
    line.print("[length {} < caplen {}]", frame.length(), frame.captured());
    line.put_invalid();
    return frame.length();
  }
  if (frame.captured() < kAddresses + 2) {
    line.put_cut();
    return frame.captured();
  }
  if (!line.enter()) return kAddresses;
  const std::size_t header_length = Frame(line, frame).print();
  line.leave();
  return header_length;
}

}  // namespace weir::packet::ethernet
