#include "app/explain_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <vector>

#include "diag/quote.h"
#include "packet/address_text.h"
#include "packet/protocol_names.h"

namespace weir::app {
namespace {

using namespace filter;

// Of a long list only so many elements are spelled out.
constexpr std::size_t kMaxSpelledOut = 4;

std::string one_of(const std::vector<std::string>& items) {
  if (items.size() == 1) return items.front();
  const std::size_t shown = std::min(items.size(), kMaxSpelledOut);
  std::string out = fmt::format(
      "one of {}",
      fmt::join(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < items.size()) out += fmt::format(" and {} more", items.size() - shown);
  return out;
}

std::string end_text(Dir dir) {
  switch (dir) {
    case Dir::kNone:
    case Dir::kSrcOrDst:
      return "source or destination";
    case Dir::kSrc:
      return "source";
    case Dir::kDst:
      return "destination";
    case Dir::kSrcAndDst:
      return "source and destination";
    default:
      return std::string(name_of(dir));
  }
}

std::string prefix_text(const resolved::Prefix4& prefix) {
  const std::string address = packet::ip4_text(prefix.address);
  const int ones = std::countl_one(prefix.mask);
  if (ones == 32) return address;
  const bool contiguous = std::popcount(prefix.mask) == ones;
  return contiguous ? fmt::format("{}/{}", address, ones)
                    : fmt::format("{} mask {}", address, packet::ip4_text(prefix.mask));
}

std::string prefix_text(const resolved::Prefix6& prefix) {
  const std::string address = packet::ip6_text(std::as_bytes(std::span(prefix.address)));
  return prefix.length == 128 ? address : fmt::format("{}/{}", address, prefix.length);
}

std::string range_text(const resolved::Range& range) {
  return range.lo == range.hi ? fmt::format("{}", range.lo)
                              : fmt::format("{}-{}", range.lo, range.hi);
}

template <typename Items, typename Text>
std::vector<std::string> texts(const Items& items, Text text) {
  std::vector<std::string> out;
  std::ranges::transform(items, std::back_inserter(out), text);
  return out;
}

std::vector<std::string> range_texts(std::span<const resolved::Range> ranges) {
  return texts(ranges, range_text);
}

std::string with_name(std::string number, std::string_view name) {
  return name.empty() ? number : fmt::format("{} ({})", number, name);
}

std::string ip_protocol_text(const resolved::Range& range) {
  if (range.lo != range.hi) return range_text(range);
  return with_name(range_text(range),
                   packet::ip_protocol_name(static_cast<std::uint8_t>(range.lo)));
}

// A link-layer protocol: an EtherType, or below it an LLC service access point.
std::string link_protocol_text(const resolved::Range& range) {
  if (range.lo != range.hi) return range_text(range);
  const auto value = static_cast<std::uint16_t>(range.lo);
  if (value < packet::kFirstEtherType) {
    return with_name(fmt::format("LLC {:#04x}", value),
                     packet::llc_sap_name(static_cast<std::uint8_t>(value)));
  }
  return with_name(fmt::format("{:#06x}", value), packet::ethertype_name(value));
}

std::string hex_text(const resolved::Range& range) {
  return range.lo == range.hi ? fmt::format("{:#04x}", range.lo) : range_text(range);
}

struct EncapWords {
  std::string_view header;
  std::string_view field;  // what its numbers are
};
// In the order of filter::Encap.
constexpr std::array<EncapWords, 8> kEncapWords = {{
    {"a VLAN tag", "id"},
    {"an MPLS label", "label"},
    {"a PPPoE session header", "session"},
    {"a Geneve header in UDP to port 6081", "network identifier"},
    {"a VXLAN header in UDP to port 4789", "network identifier"},
    {"an IP packet inside IP", ""},
    {"a GRE header", ""},
    {"IPv6 with any extension headers", ""},
}};

// In the order of filter::LlcForm.
constexpr std::array<std::string_view, 6> kLlcWords = {
    "it is an LLC frame",
    "it is an LLC information frame",
    "it is an LLC supervisory frame",
    "it is an LLC unnumbered frame",
    "it is an LLC supervisory frame with that command",
    "it is an LLC unnumbered frame with that command",
};

constexpr std::string_view kFlagNames[] = {"all of the bits", "none of the bits",
                                           "any of the bits"};

// What must hold before bytes of this protocol are looked at.
std::string_view index_guard(Proto proto) {
  switch (proto) {
    case Proto::kTcp:
    case Proto::kUdp:
    case Proto::kSctp:
    case Proto::kIcmp:
    case Proto::kIgmp:
    case Proto::kIgrp:
    case Proto::kPim:
    case Proto::kVrrp:
    case Proto::kCarp:
      return "IPv4 with that protocol, no later fragment";
    case Proto::kIcmp6:
      return "IPv6 with ICMPv6 right behind its header";
    default:
      return {};
  }
}

// One overload for each kind of test.
class Wording {
 public:
  Wording(const Resolved& resolved, NodeId id) : resolved_(resolved), id_(id) {}

  std::string operator()(const resolved::Host& node) const {
    std::vector<std::string> items =
        texts(resolved_.of4(node.ip4), [](const auto& p) { return prefix_text(p); });
    std::ranges::copy(texts(resolved_.of6(node.ip6), [](const auto& p) { return prefix_text(p); }),
                      std::back_inserter(items));
    const bool one_network =
        items.size() == 1 && items.front().find_first_of("/m") != std::string::npos;
    return fmt::format("the {}{} address is {}{}", host_layer(node), end_text(node.dir),
                       one_network ? "in " : "", one_of(items));
  }

  std::string operator()(const resolved::Port& node) const {
    const std::string protocol =
        node.proto == Proto::kNone ? "TCP, UDP or SCTP" : upper(name_of(node.proto));
    return fmt::format("the {} {} port is {}", protocol, end_text(node.dir),
                       one_of(range_texts(resolved_.of_ranges(node.ranges))));
  }

  std::string operator()(const resolved::Protocol& node) const {
    const auto ranges = resolved_.of_ranges(node.ranges);
    switch (node.proto) {
      case Proto::kLink:
        return fmt::format("the link layer carries {}", one_of(texts(ranges, link_protocol_text)));
      case Proto::kIp:
        return fmt::format("it is IPv4, and its protocol is {}",
                           one_of(texts(ranges, ip_protocol_text)));
      case Proto::kIp6:
        return fmt::format("it is IPv6, and its next header is {}",
                           one_of(texts(ranges, ip_protocol_text)));
      case Proto::kIso:
        return fmt::format("it is OSI, and its protocol is {}", one_of(texts(ranges, hex_text)));
      case Proto::kIsis:
        return fmt::format("it is IS-IS, and its PDU type is {}", one_of(range_texts(ranges)));
      default:
        return fmt::format("it is IPv4 or IPv6, and carries {}",
                           one_of(texts(ranges, ip_protocol_text)));
    }
  }

  std::string operator()(const resolved::Encapsulation& node) const {
    const EncapWords& words = kEncapWords.at(static_cast<std::size_t>(node.encap));
    std::string out = fmt::format("there is {}", words.header);
    const auto ranges = resolved_.of_ranges(node.ranges);
    if (!ranges.empty())
      out += fmt::format(" whose {} is {}", words.field, one_of(range_texts(ranges)));
    return out + "; what follows is read behind it";
  }

  std::string operator()(const resolved::EtherHost& node) const {
    const auto mac = [](const MacAddress& address) {
      return packet::mac_text(std::as_bytes(std::span(address)));
    };
    return fmt::format("the link-layer {} address is {}", end_text(node.dir),
                       one_of(texts(resolved_.of_macs(node.macs), mac)));
  }

  std::string operator()(const resolved::DecnetHost& node) const {
    return fmt::format("the DECnet {} address is {}.{}", end_text(node.dir), node.address >> 10,
                       node.address & 0x3ff);
  }

  std::string operator()(const resolved::ArcnetHost& node) const {
    return fmt::format("the ARCnet {} address is {:#04x}", end_text(node.dir), node.address);
  }

  std::string operator()(const resolved::Gateway& node) const {
    return fmt::format(
        "it passes the gateway: {} is a link-layer address, and neither IP address is the "
        "gateway's own",
        packet::mac_text(std::as_bytes(std::span(node.mac))));
  }

  std::string operator()(const resolved::Protochain& node) const {
    const std::string protocol = ip_protocol_text({node.value, node.value});
    const std::string_view ip = node.proto == Proto::kIp    ? "IPv4"
                                : node.proto == Proto::kIp6 ? "IPv6"
                                                            : "IPv4 or IPv6";
    return fmt::format("the chain of headers behind {} reaches protocol {}", ip, protocol);
  }

  std::string operator()(const Broadcast& node) const {
    if (node.proto == Proto::kIp)
      return "the IPv4 destination is a broadcast address of the network";
    return "the link-layer destination is the broadcast address";
  }

  std::string operator()(const Multicast& node) const {
    if (node.proto == Proto::kIp) return "the IPv4 destination is a multicast address";
    if (node.proto == Proto::kIp6) return "the IPv6 destination is a multicast address";
    return "the link-layer destination is a group address";
  }

  std::string operator()(const LengthTest& node) const {
    return fmt::format("the packet is at {} {} bytes long on the wire",
                       node.op == RelOp::kLe ? "most" : "least", node.value);
  }

  std::string operator()(const ByteTest& node) const {
    return fmt::format("byte {} of the packet {} {}", node.index, name_of(node.op), node.value);
  }

  std::string operator()(const DirectionTest& node) const {
    return node.outbound ? "this machine sent the packet" : "this machine received the packet";
  }

  std::string operator()(const IfIndex& node) const {
    return fmt::format("the interface has index {}", node.index);
  }
  std::string operator()(const Pppoed&) const { return "it is PPPoE discovery"; }

  std::string operator()(const WlanType& node) const {
    return fmt::format("the 802.11 frame control's {} is {:#04x}",
                       node.mask == 0x0c ? "type" : "type with subtype", node.value);
  }

  std::string operator()(const WlanDir& node) const {
    return fmt::format("the 802.11 direction bits are {}", node.value);
  }
  std::string operator()(const LlcTest& node) const {
    return std::string(kLlcWords.at(static_cast<std::size_t>(node.form)));
  }

  std::string operator()(const FlagTest& node) const {
    const std::string_view field = node.field == FlagField::kTcp ? "TCP flags" : "IPv4 flags";
    std::vector<std::string> clauses;
    for (const FlagClause& clause : resolved_.of_flags(node.clauses)) {
      clauses.push_back(fmt::format("{} {:#04x}", kFlagNames[static_cast<std::size_t>(clause.test)],
                                    clause.mask));
    }
    return fmt::format("of the {}, {} are set", field, fmt::join(clauses, " and "));
  }

  std::string operator()(const PayloadMatch& node) const {
    return fmt::format("what TCP or UDP carries begins with {}",
                       diag::quote(resolved_.of_bytes(node.bytes)));
  }

  // The operands stand in the vector right before it; their indexes say what else must hold.
  std::string operator()(const Relation& node) const {
    std::string out = fmt::format("the left number {} the right one", relation_text(node.op));
    for (NodeId id = first_operand(node); id < id_; ++id) {
      const auto* index = std::get_if<Index>(&resolved_.nodes[id].data);
      if (index == nullptr || index_guard(index->proto).empty()) continue;
      const std::string guard =
          fmt::format("; `{}[...]` needs {}", name_of(index->proto), index_guard(index->proto));
      if (out.find(guard) == std::string::npos) out += guard;
    }
    return out;
  }

  template <typename Other>
  std::string operator()(const Other&) const {
    return "a test of another link type";
  }

 private:
  static std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
  }

  static std::string host_layer(const resolved::Host& node) {
    switch (node.proto) {
      case Proto::kNone:
        return node.ip6.count == 0   ? "IPv4, ARP or RARP "
               : node.ip4.count == 0 ? "IPv6 "
                                     : "IP, ARP or RARP ";
      case Proto::kIp:
        return "IPv4 ";
      case Proto::kIp6:
        return "IPv6 ";
      default:
        return upper(name_of(node.proto)) + " ";
    }
  }

  static std::string_view relation_text(RelOp op) {
    switch (op) {
      case RelOp::kGt:
        return "is greater than";
      case RelOp::kGe:
        return "is at least";
      case RelOp::kEq:
        return "equals";
      case RelOp::kLe:
        return "is at most";
      case RelOp::kLt:
        return "is less than";
      case RelOp::kNe:
        return "differs from";
    }
    return {};
  }

  // The first node of the left operand: where the run of numbers before the relation begins.
  NodeId first_operand(const Relation&) const {
    NodeId id = id_;
    while (id > 0 && is_number(resolved_.nodes[id - 1].data)) --id;
    return id;
  }

  static bool is_number(const resolved::NodeData& data) {
    return std::holds_alternative<Constant>(data) || std::holds_alternative<PacketLength>(data) ||
           std::holds_alternative<Index>(data) || std::holds_alternative<Negate>(data) ||
           std::holds_alternative<Binary>(data);
  }

  const Resolved& resolved_;
  NodeId id_;
};

}  // namespace

std::string meaning_of(const filter::Resolved& resolved, filter::NodeId id) {
  return std::visit(Wording(resolved, id), resolved.nodes[id].data);
}

}  // namespace weir::app
