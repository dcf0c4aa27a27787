// Every primitive that is not arithmetic, and the table of all.
#include <fmt/format.h>

#include <array>

#include "diff/filter/expression_parts.h"
#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using namespace std::string_view_literals;
using namespace values;

constexpr auto kProtocols = std::to_array(
    {"ip"sv,     "tcp"sv, "udp"sv, "ip6"sv, "icmp"sv,    "icmp6"sv, "arp"sv,   "sctp"sv,  "rarp"sv,
     "igmp"sv,   "ah"sv,  "esp"sv, "pim"sv, "vrrp"sv,    "carp"sv,  "igrp"sv,  "atalk"sv, "aarp"sv,
     "decnet"sv, "ipx"sv, "iso"sv, "stp"sv, "netbeui"sv, "lat"sv,   "moprc"sv, "mopdl"sv, "sca"sv});
constexpr auto kDirections =
    std::to_array({""sv, "src "sv, "dst "sv, "src or dst "sv, "src and dst "sv, "dst or src "sv});
constexpr auto kHostScopes = std::to_array({""sv, ""sv, ""sv, "ip "sv, "arp "sv, "rarp "sv});
constexpr auto kPortScopes = std::to_array({""sv, "tcp "sv, "udp "sv, "sctp "sv});
constexpr auto kLlcKinds =
    std::to_array({"i"sv, "s"sv, "u"sv, "rr"sv, "rnr"sv, "rej"sv, "ui"sv, "ua"sv, "disc"sv, "dm"sv,
                   "sabme"sv, "test"sv, "xid"sv, "frmr"sv});
constexpr auto kOsi =
    std::to_array({"iso"sv, "clnp"sv, "esis"sv, "isis"sv, "l1"sv, "l2"sv, "iih"sv, "lsp"sv, "snp"sv,
                   "csnp"sv, "psnp"sv, "iso proto 0x83"sv, "isis proto 18"sv});
constexpr auto kWlanTests = std::to_array(
    {"type mgt"sv, "type ctl"sv, "type data"sv, "subtype beacon"sv, "type mgt subtype probe-req"sv,
     "type data subtype data"sv, "subtype qos-data"sv, "subtype null"sv, "subtype ack"sv,
     "dir nods"sv, "dir tods"sv, "dir fromds"sv, "dir dstods"sv, "type 8"sv, "dir 2"sv});
constexpr auto kWlanPlaces = std::to_array({"addr1"sv, "addr2"sv, "addr3"sv, "addr4"sv, "ra"sv,
                                            "ta"sv, "src"sv, "dst"sv, "src and dst"sv});

std::string host4(Choices& choices) {
  const std::uint32_t a = choices.pick(kHosts4);
  return fmt::format("{}.{}.{}.{}", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255);
}

std::string mac(Choices& choices) {
  const std::uint64_t m = choices.pick(kMacs);
  return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", m >> 40, m >> 32 & 255,
                     m >> 24 & 255, m >> 16 & 255, m >> 8 & 255, m & 255);
}

std::string port(Choices& choices) { return fmt::format("{}", choices.pick(kPorts)); }

// `first or second or third`: the elements inherit the qualifiers of the first.
std::string inherited(Choices& choices, std::string first, std::string (*element)(Choices&)) {
  while (choices.chance(20)) {
    first += choices.chance(80) ? " or " : " and ";
    first += element(choices);
  }
  return first;
}

std::string protocol_word(Choices& choices) {
  return std::string(choices.chance(60) ? kProtocols[choices.below(6)] : choices.pick(kProtocols));
}

std::string write_host(Choices& choices) {
  std::string head = pick_word(choices, kHostScopes) + pick_word(choices, kDirections);
  return inherited(choices, head + "host " + host4(choices), host4);
}

std::string host6(Choices& choices) { return pick_word(choices, kHosts6); }

std::string write_host6(Choices& choices) {
  std::string head = (choices.chance(40) ? "ip6 " : "") + pick_word(choices, kDirections);
  return inherited(choices, head + "host " + host6(choices), host6);
}

std::string net4(Choices& choices) {
  const Net4& net = choices.pick(kNets4);
  const std::uint32_t a = net.address;
  return fmt::format("{}.{}.{}.{}/{}", a >> 24, a >> 16 & 255, a >> 8 & 255, a & 255, net.prefix);
}

std::string write_net(Choices& choices) {
  std::string head = pick_word(choices, kHostScopes) + pick_word(choices, kDirections);
  return inherited(choices, head + "net " + net4(choices), net4);
}

std::string net6(Choices& choices) { return pick_word(choices, kNets6); }

std::string write_net6(Choices& choices) {
  return pick_word(choices, kDirections) + "net " + net6(choices);
}

std::string write_port(Choices& choices) {
  std::string head = pick_word(choices, kPortScopes) + pick_word(choices, kDirections);
  return inherited(choices, head + "port " + port(choices), port);
}

std::string write_portrange(Choices& choices) {
  return pick_word(choices, kPortScopes) + pick_word(choices, kDirections) + "portrange " +
         port(choices) + "-" + port(choices);
}

std::string write_ip_proto(Choices& choices) {
  constexpr auto kScopes = std::to_array({"ip "sv, "ip6 "sv, ""sv});
  return pick_word(choices, kScopes) + fmt::format("proto {}", choices.pick(kIpProtocols));
}

std::string write_protochain(Choices& choices) {
  constexpr auto kScopes = std::to_array({"ip6 "sv, "ip "sv, ""sv});
  return pick_word(choices, kScopes) + fmt::format("protochain {}", choices.pick(kIpProtocols));
}

std::string write_ether_proto(Choices& choices) {
  return fmt::format("ether proto 0x{:x}", choices.pick(kEtherTypes));
}

std::string write_station(Choices& choices) {
  return "ether " + pick_word(choices, kDirections) + "host " + mac(choices);
}

std::string write_casting(Choices& choices) {
  constexpr auto kForms =
      std::to_array({"broadcast"sv, "multicast"sv, "ether broadcast"sv, "ether multicast"sv});
  return pick_word(choices, kForms);
}

std::string write_ip_multicast(Choices& choices) {
  return choices.chance(50) ? "ip multicast" : "ip6 multicast";
}

std::string write_length(Choices& choices) {
  constexpr auto kForms = std::to_array({"less"sv, "greater"sv, "len >"sv, "len <="sv, "len ="sv});
  return fmt::format("{} {}", choices.pick(kForms), choices.pick(kLengths));
}

// A keyword with a number of its own now and then.
template <typename Numbers>
std::string tagged(Choices& choices, std::string_view word, const Numbers& numbers) {
  if (choices.chance(40)) return std::string(word);
  return fmt::format("{} {}", word, choices.pick(numbers));
}

std::string write_vlan(Choices& choices) { return tagged(choices, "vlan", kVlanIds); }
std::string write_mpls(Choices& choices) { return tagged(choices, "mpls", kLabels); }
std::string write_geneve(Choices& choices) { return tagged(choices, "geneve", kVnis); }

std::string write_pppoe(Choices& choices) {
  return choices.chance(15) ? "pppoed" : tagged(choices, "pppoes", kSessions);
}

std::string write_llc(Choices& choices) {
  return choices.chance(30) ? "llc" : "llc " + pick_word(choices, kLlcKinds);
}

std::string write_osi(Choices& choices) { return pick_word(choices, kOsi); }

std::string write_wlan_test(Choices& choices) { return pick_word(choices, kWlanTests); }

std::string write_wlan_station(Choices& choices) {
  return "wlan " + pick_word(choices, kWlanPlaces) + " " + mac(choices);
}

std::string write_cooked(Choices& choices) {
  if (choices.chance(30)) return fmt::format("ifindex {}", choices.below(4));
  return choices.chance(50) ? "inbound" : "outbound";
}

constexpr std::array kPrimitives = std::to_array<Primitive>({
    {14, Reach::kAny, protocol_word},
    {10, Reach::kAny, write_host},
    {4, Reach::kAny, write_host6},
    {6, Reach::kAny, write_net},
    {3, Reach::kAny, write_net6},
    {12, Reach::kAny, write_port},
    {5, Reach::kAny, write_portrange},
    {4, Reach::kAny, write_ip_proto},
    {1, Reach::kNotWlan, write_protochain},
    {3, Reach::kAny, write_ether_proto},
    {5, Reach::kStations, write_station},
    {2, Reach::kStations, write_casting},
    {2, Reach::kAny, write_ip_multicast},
    {4, Reach::kAny, write_length},
    {16, Reach::kAny, write_relation},
    {4, Reach::kStations, write_vlan},
    {3, Reach::kMpls, write_mpls},
    {3, Reach::kEthernet, write_pppoe},
    {3, Reach::kAny, write_geneve},
    {2, Reach::kAny, write_llc},
    {2, Reach::kAny, write_osi},
    {12, Reach::kWlan, write_wlan_test},
    {8, Reach::kWlan, write_wlan_station},
    {6, Reach::kCooked, write_cooked},
});

}  // namespace

std::span<const Primitive> primitives() { return kPrimitives; }

}  // namespace weir::difftest
