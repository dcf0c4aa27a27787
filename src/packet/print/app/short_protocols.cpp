// Protocols over UDP of which only the head is shown: LMP (RFC 4204), LSP ping (RFC 8029), VQP, and
// the audio of vat; and of HNCP (RFC 7788) which parts a message has.
// Over TCP, that it is RPKI-RTR (RFC 8210).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::short_protocols {
namespace {

constexpr Field kLmpFields[] = {
    {.name = "lmp.msg", .offset = 3, .size = 1},
};
constexpr Protocol kLmp{.name = "lmp", .fields = kLmpFields};
constexpr Field kLspPingFields[] = {
    {.name = "mpls_echo.msg_type", .offset = 4, .size = 1},
    {.name = "mpls_echo.sequence", .offset = 12, .size = 4},
};
constexpr Protocol kLspPing{.name = "lspping", .fields = kLspPingFields};
constexpr Field kVqpFields[] = {
    {.name = "vqp.message_type", .offset = 1, .size = 1},
    {.name = "vqp.error_code", .offset = 2, .size = 1},
};
constexpr Protocol kVqp{.name = "vqp", .fields = kVqpFields};
constexpr Protocol kVat{.name = "vat"};
constexpr Protocol kRpki{.name = "rpki_rtr"};
constexpr Protocol kHncp{.name = "hncp"};
constexpr Field kHncpType{.name = "hncp.type"};

constexpr Named kLmpMessages[] = {
    {1, "Config"},
    {2, "Config ACK"},
    {3, "Config NACK"},
    {4, "Hello"},
    {5, "Begin Verify"},
    {6, "Begin Verify ACK"},
    {7, "Begin Verify NACK"},
    {8, "End Verify"},
    {9, "End Verify ACK"},
    {10, "Test"},
    {11, "Test Status Success"},
    {12, "Test Status Failure"},
    {13, "Test Status ACK"},
    {14, "Link Summary"},
    {15, "Link Summary ACK"},
    {16, "Link Summary NACK"},
    {17, "Channel Status"},
    {18, "Channel Status ACK"},
    {19, "Channel Status Request"},
    {20, "Channel Status Response"},
    {50, "Service Config"},
    {51, "Service Config ACK"},
    {52, "Service Config NACK"},
};
constexpr Named kVqpMessages[] = {
    {1, "Request, Join Port"},
    {2, "Response, VLAN"},
    {3, "Request, Reconfirm"},
    {4, "Response, Reconfirm"},
};
constexpr Named kVqpErrors[] = {
    {0, "No error"}, {3, "Access denied"}, {4, "Shutdown port"}, {5, "Wrong VTP domain"}};

constexpr Named kHncpTypes[] = {
    {1, "Request network state"}, {2, "Request node state"}, {3, "Node endpoint"},
    {4, "Network state"},         {5, "Node state"},         {8, "Peer"},
    {9, "Keep-alive interval"},   {10, "Trust-Verdict"},     {32, "HNCP-Version"},
    {33, "External-Connection"},  {34, "Delegated-Prefix"},  {35, "Assigned-Prefix"},
    {36, "Node-Address"},         {37, "DHCPv4-Data"},       {38, "DHCPv6-Data"},
    {39, "DNS-Delegated-Zone"},   {40, "Domain-Name"},       {41, "Node-Name"},
    {42, "Managed-PSK"},          {43, "Prefix-Policy"},
};

std::string_view hncp_name(unsigned type) {
  const std::string_view name = name_of(kHncpTypes, type);
  if (!name.empty()) return name;
  if (type == 0) return "Reserved";
  if (type >= 44 && type <= 511) return "Unassigned";
  if (type >= 768 && type <= 1023) return "Private use";
  return "Future use";
}

// Names parts one after the other; equal ones together.
class HncpNames {
 public:
  explicit HncpNames(Line& line) : line_(line) {}

  void add(std::string_view name) {
    if (name == name_) {
      ++count_;
      return;
    }
    flush();
    name_ = name;
    count_ = 1;
  }

  void flush() {
    if (count_ == 0) return;
    line_.put(is_first_ ? " " : ", ");
    line_.put(name_);
    if (count_ > 1) line_.print(" (x{})", count_);
    is_first_ = false;
    count_ = 0;
  }

 private:
  Line& line_;
  std::string_view name_;
  int count_ = 0;
  bool is_first_ = true;
};

}  // namespace

void print_lmp(Line& line, const View& view) {
  line.begin_layer(kLmp, view);
  if (!view.has(0, 8)) return line.put_cut();
  const unsigned version = view.u8(0) >> 4;
  if (version != 1) return line.print("LMP version {} packet not supported", version);
  line.print("LMPv1 {} Message, length: {}", named(kLmpMessages, view.u8(3), "unknown ({})"),
             view.length());
}

void print_lsp_ping(Line& line, const View& view) {
  constexpr std::size_t kHeader = 32;
  constexpr Named kMessages[] = {{1, "MPLS Echo Request"}, {2, "MPLS Echo Reply"}};
  line.begin_layer(kLspPing, view);
  if (view.length() < kHeader) return line.put("\n\t\t packet is too short");
  if (!view.need(0, kHeader)) return;
  const unsigned version = view.u16(0);
  if (version != 1) return line.print("LSP-PING version {} packet not supported", version);
  line.print("LSP-PINGv1, {}, seq {}, length: {}", named(kMessages, view.u8(4), "unknown ({})"),
             view.u32(12), view.length());
}

void print_vqp(Line& line, const View& view) {
  constexpr std::size_t kHeader = 8;
  line.begin_layer(kVqp, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  if (view.length() < kHeader) return line.put_invalid();
  const unsigned version = view.u8(0);
  if (version != 1) return line.print("VQP version {} packet not supported", version);
  const unsigned error = view.u8(2);
  line.print("VQPv1 {} Message, error-code {} ({}), length {}",
             named(kVqpMessages, view.u8(1), "unknown ({})"), name_of(kVqpErrors, error, "unknown"),
             error, view.length());
}

void print_vat(Line& line, const View& view) {
  line.begin_layer(kVat, view);
  if (view.length() < 2) return line.print("udp/va/vat, length {} < 2", view.length());
  const unsigned head = view.u16(0);
  if ((head & 0xf060) != 0)
    return line.print("udp/vt {} {} / {}", view.length(), head & 0x3ff, head >> 10);
  if (view.length() < 8) return line.print("udp/vat, length {} < 8", view.length());
  const std::uint32_t first = view.u32(0);
  line.print("udp/vat {} c{} {}{}", view.length() - 8, first & 0xffff, view.u32(4),
             (first & 0x800000) != 0 ? "*" : "");
  if ((first & 0x1f0000) != 0) line.print(" f{}", first >> 16 & 0x1f);
  if ((first & 0x3f000000) != 0) line.print(" s{}", first >> 24 & 0x3f);
}

void print_rpki(Line& line, const View& view) {
  line.begin_layer(kRpki, view);
  line.put(", RPKI-RTR");
}

void print_hncp(Line& line, const View& view) {
  constexpr std::size_t kHeader = 4;
  line.begin_layer(kHncp, view);
  line.print("hncp ({})", view.length());
  HncpNames names(line);
  for (View rest = view; rest.length() != 0 && !line.cut();) {
    if (!rest.has(0, kHeader)) return line.put_cut();
    if (rest.length() < kHeader) return line.put_invalid();
    const std::size_t size = rest.u16(2);
    if (!rest.has(kHeader, size)) return line.put_cut();
    if (rest.length() < kHeader + size) return line.put_invalid();
    line.field(kHncpType, rest, 0, 2);
    names.add(hncp_name(rest.u16(0)));
    rest = rest.from(kHeader + (size + 3) / 4 * 4);
  }
  names.flush();
}

}  // namespace weir::packet::short_protocols
