// How primitives combine, and the soup of tokens.
#include "diff/filter/expression_gen.h"

#include <array>

#include "diff/filter/expression_parts.h"

namespace weir::difftest {
namespace {

using namespace std::string_view_literals;

bool is_wlan(LinkType type) {
  return type == LinkType::kIeee80211 || type == LinkType::kIeee80211Radio;
}

bool reaches(Reach reach, LinkType type) {
  switch (reach) {
    case Reach::kAny:
      return true;
    case Reach::kEthernet:
      return type == LinkType::kEn10mb;
    case Reach::kStations:
      return type == LinkType::kEn10mb || is_wlan(type);
    case Reach::kWlan:
      return is_wlan(type);
    case Reach::kCooked:
      return type == LinkType::kLinuxSll || type == LinkType::kLinuxSll2;
    case Reach::kNotWlan:
      return !is_wlan(type);
    case Reach::kMpls:
      return type == LinkType::kEn10mb || type == LinkType::kPpp || type == LinkType::kCHdlc;
  }
  return false;
}

class Generator {
 public:
  Generator(LinkType link_type, Choices& choices) : link_type_(link_type), choices_(choices) {
    for (const Primitive& primitive : primitives()) {
      if (reaches(primitive.reach, link_type)) total_ += primitive.weight;
    }
  }

  std::string expression(int depth) {
    if (depth <= 0 || choices_.exhausted()) return primitive();
    const std::uint32_t dice = choices_.below(100);
    if (dice < 15) return primitive();
    if (dice < 27) return "not " + term(depth - 1);
    if (dice < 65) return term(depth - 1) + " and " + term(depth - 1);
    return term(depth - 1) + " or " + term(depth - 1);
  }

 private:
  // Without parentheses `and` and `or` group to the left: both ways are wanted.
  std::string term(int depth) {
    std::string text = expression(depth);
    return choices_.chance(60) ? "(" + text + ")" : text;
  }

  std::string primitive() {
    auto left = static_cast<int>(choices_.below(static_cast<std::uint32_t>(total_)));
    for (const Primitive& primitive : primitives()) {
      if (!reaches(primitive.reach, link_type_)) continue;
      left -= primitive.weight;
      if (left < 0) return primitive.write(choices_);
    }
    return "ip";
  }

  LinkType link_type_;
  Choices& choices_;
  int total_ = 0;
};

constexpr auto kTokens = std::to_array({"ip"sv,
                                        "ip6"sv,
                                        "tcp"sv,
                                        "udp"sv,
                                        "sctp"sv,
                                        "arp"sv,
                                        "rarp"sv,
                                        "icmp"sv,
                                        "ether"sv,
                                        "link"sv,
                                        "wlan"sv,
                                        "host"sv,
                                        "net"sv,
                                        "port"sv,
                                        "portrange"sv,
                                        "proto"sv,
                                        "protochain"sv,
                                        "src"sv,
                                        "dst"sv,
                                        "and"sv,
                                        "or"sv,
                                        "not"sv,
                                        "("sv,
                                        ")"sv,
                                        "80"sv,
                                        "10.0.0.1"sv,
                                        "10.0.0.0/8"sv,
                                        "2001:db8::1"sv,
                                        "2001:db8::/32"sv,
                                        "00:11:22:33:44:55"sv,
                                        "len"sv,
                                        ">"sv,
                                        "="sv,
                                        "!="sv,
                                        "["sv,
                                        "]"sv,
                                        ":"sv,
                                        "+"sv,
                                        "-"sv,
                                        "&"sv,
                                        "<<"sv,
                                        "vlan"sv,
                                        "mpls"sv,
                                        "pppoes"sv,
                                        "geneve"sv,
                                        "broadcast"sv,
                                        "multicast"sv,
                                        "less"sv,
                                        "greater"sv,
                                        "inbound"sv,
                                        "llc"sv,
                                        "iso"sv,
                                        "isis"sv,
                                        "decnet"sv,
                                        "mask"sv,
                                        "255.0.0.0"sv,
                                        "1-1023"sv,
                                        "\\tcp"sv,
                                        "0x10"sv,
                                        "10"sv,
                                        "byte"sv,
                                        "gateway"sv,
                                        "type"sv,
                                        "subtype"sv,
                                        "mgt"sv,
                                        "beacon"sv,
                                        "dir"sv,
                                        "tcpflags"sv,
                                        "tcp-syn"sv,
                                        "/"sv,
                                        "8"sv,
                                        "1"sv,
                                        "0"sv,
                                        "ifindex"sv,
                                        "stp"sv,
                                        "\\ip"sv});

}  // namespace

std::string generate_expression(LinkType link_type, Choices& choices) {
  return Generator(link_type, choices).expression(static_cast<int>(choices.below(5)));
}

std::string generate_token_soup(Choices& choices) {
  std::string text = pick_word(choices, kTokens);
  for (std::uint32_t more = choices.below(7); more != 0; --more) {
    text += " " + pick_word(choices, kTokens);
  }
  return text;
}

}  // namespace weir::difftest
