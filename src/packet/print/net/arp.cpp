// Address resolution (RFC 826, 903, 2390).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::arp {
namespace {

constexpr Field kFields[] = {
    {.name = "arp.hw.type", .offset = 0, .size = 2},
    {.name = "arp.proto.type", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "arp.hw.size", .offset = 4, .size = 1},
    {.name = "arp.proto.size", .offset = 5, .size = 1},
    {.name = "arp.opcode", .offset = 6, .size = 2},
};
constexpr Protocol kArp{.name = "arp", .fields = kFields};
constexpr Field kSenderHardware{.name = "arp.src.hw_mac", .show = Show::kMac};
constexpr Field kSenderIp4{.name = "arp.src.proto_ipv4", .show = Show::kIp4};
constexpr Field kTargetHardware{.name = "arp.dst.hw_mac", .show = Show::kMac};
constexpr Field kTargetIp4{.name = "arp.dst.proto_ipv4", .show = Show::kIp4};

constexpr std::size_t kFixed = 8;
constexpr std::uint16_t kTrailer = 0x1000;

constexpr Named kHardware[] = {
    {1, "Ethernet"}, {6, "TokenRing"},  {7, "ArcNet"}, {15, "FrameRelay"},
    {23, "Strip"},   {24, "IEEE 1394"}, {19, "ATM"},   {32, "InfiniBand"},
};

enum Operation : std::uint16_t {
  kRequest = 1,
  kReply,
  kReverseRequest,
  kReverseReply,
  kInverseRequest = 8,
  kInverseReply,
};
constexpr Named kOperations[] = {
    {kRequest, "Request"},
    {kReply, "Reply"},
    {kReverseRequest, "Reverse Request"},
    {kReverseReply, "Reverse Reply"},
    {kInverseRequest, "Inverse Request"},
    {kInverseReply, "Inverse Reply"},
    {10, "NACK Reply"},
};

class Message {
 public:
  Message(Line& line, const View& view)
      : line_(line),
        view_(view),
        protocol_(view.u16(2)),
        hardware_length_(view.u8(4)),
        protocol_length_(view.u8(5)) {}

  bool is_whole() const { return view_.has(kFixed, 2 * hardware_length_ + 2 * protocol_length_); }
  // False when the addresses are in no form that can be shown.
  bool has_shown_addresses() const {
    return is_ip4() && protocol_length_ == 4 && hardware_length_ != 0;
  }

  void tell_addresses() const {
    if (!line_.wants_fields() || !has_shown_addresses()) return;
    line_.field(kSenderHardware, view_, kFixed, hardware_length_);
    line_.field(kSenderIp4, view_, sender_at(), 4);
    line_.field(kTargetHardware, view_, target_hardware_at(), hardware_length_);
    line_.field(kTargetIp4, view_, target_at(), 4);
  }

  void print_kinds() const {
    line_.print("{} (len {}), {} (len {})", named(kHardware, view_.u16(0), "Unknown Hardware ({})"),
                hardware_length_, protocol_text(), protocol_length_);
  }

  // False when the operation is not known.
  bool print_operation(std::uint16_t operation) const {
    switch (operation) {
      case kRequest:
        return print_request();
      case kReply:
        put_address(sender_at());
        line_.put(" is-at ");
        put_hardware(kFixed);
        return true;
      case kReverseRequest:
      case kInverseRequest:
        line_.put("who-is ");
        put_hardware(target_hardware_at());
        line_.put(" tell ");
        put_hardware(kFixed);
        return true;
      case kReverseReply:
        put_hardware(target_hardware_at());
        line_.put(" at ");
        put_address(target_at());
        return true;
      case kInverseReply:
        put_hardware(kFixed);
        line_.put(" at ");
        put_address(sender_at());
        return true;
      default:
        return false;
    }
  }

 private:
  bool is_ip4() const { return protocol_ == kEtherTypeIp4 || protocol_ == kTrailer; }
  std::size_t sender_at() const { return kFixed + hardware_length_; }
  std::size_t target_hardware_at() const { return sender_at() + protocol_length_; }
  std::size_t target_at() const { return target_hardware_at() + hardware_length_; }

  std::string protocol_text() const {
    const std::string_view name = ethertype_text(protocol_);
    if (name != "Unknown") return std::string(name);
    return fmt::format("Unknown Protocol (0x{:04x})", protocol_);
  }

  bool print_request() const {
    line_.put("who-has ");
    put_address(target_at());
    const auto target = view_.bytes(target_hardware_at(), hardware_length_);
    if (std::ranges::any_of(target, [](std::byte byte) { return byte != std::byte{0}; })) {
      line_.put(" (");
      put_hardware(target_hardware_at());
      line_.put(')');
    }
    line_.put(" tell ");
    put_address(sender_at());
    return true;
  }

  void put_address(std::size_t at) const {
    if (!is_ip4()) return line_.put("<wrong proto type>");
    if (protocol_length_ != 4) return line_.put("<wrong len>");
    line_.host4(view_.u32(at));
  }

  void put_hardware(std::size_t at) const {
    const auto address = view_.bytes(at, hardware_length_);
    if (address.empty()) return line_.put("<empty>");
    if (address.size() == 6) return line_.station(address);
    line_.text().mac(address);
  }

  Line& line_;
  const View& view_;
  std::uint16_t protocol_;
  std::size_t hardware_length_;
  std::size_t protocol_length_;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kArp, view);
  if (!view.has(0, kFixed)) return line.put_cut();
  const Message message(line, view);
  if (!message.is_whole()) return line.put_cut();
  message.tell_addresses();
  if (!line.options().link_header) line.put("ARP, ");
  const bool shown = message.has_shown_addresses();
  if (!shown || line.verbose()) message.print_kinds();
  if (shown || line.verbose()) {
    const std::uint16_t operation = view.u16(6);
    if (line.verbose()) line.put(", ");
    if (const std::string_view name = name_of(kOperations, operation); !name.empty()) {
      line.put(name);
    } else {
      line.print("Unknown ({})", operation);
    }
    line.put(' ');
    if (!message.print_operation(operation))
      return line.hex_and_ascii_lines(view.claiming(view.captured()), "\n\t");
  }
  line.put(", length ", view.length());
}

}  // namespace weir::packet::arp
