// Arithmetic: constants, the length, byte accessors, every operator.
#include <fmt/format.h>

#include <array>

#include "diff/filter/expression_parts.h"
#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using namespace std::string_view_literals;

constexpr auto kOperators =
    std::to_array({"+"sv, "-"sv, "&"sv, "|"sv, "^"sv, "*"sv, "/"sv, "%"sv, "<<"sv, ">>"sv});
constexpr auto kRelations = std::to_array({"="sv, "!="sv, ">"sv, "<"sv, ">="sv, "<="sv, "=="sv});
constexpr auto kIndexed =
    std::to_array({"ip"sv,    "tcp"sv,    "udp"sv,  "ether"sv, "ip6"sv,  "icmp"sv, "icmp6"sv,
                   "arp"sv,   "sctp"sv,   "link"sv, "igmp"sv,  "rarp"sv, "vrrp"sv, "pim"sv,
                   "atalk"sv, "decnet"sv, "carp"sv, "lat"sv,   "wlan"sv, "ppp"sv});
constexpr auto kNamed = std::to_array({"tcp[tcpflags]"sv, "icmp[icmptype]"sv, "icmp[icmpcode]"sv,
                                       "icmp6[icmp6type]"sv, "icmp6[icmp6code]"sv});
constexpr auto kNamedValues =
    std::to_array({"tcp-syn"sv, "(tcp-syn|tcp-fin)"sv, "tcp-ack"sv, "icmp-echo"sv, "icmp-unreach"sv,
                   "icmp6-echo"sv, "icmp6-neighborsolicit"sv});
constexpr auto kEdges = std::to_array<std::uint32_t>(
    {0, 1, 2, 3, 4, 0xff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 31, 0x10000});
// Fields that generated packets fill with values of values.h.
constexpr auto kFields =
    std::to_array({"ip[8]"sv, "ip[9]"sv, "ip[0] & 0xf"sv, "ip[6:2] & 0x1fff"sv, "tcp[0:2]"sv,
                   "udp[2:2]"sv, "ip[12:4]"sv, "ip[16:4]"sv, "ip6[6]"sv, "ether[12:2]"sv,
                   "ip[2:2]"sv, "tcp[13]"sv, "len"sv, "ip[1]"sv});

std::string write_operand(Choices& choices, int depth);

std::string write_constant(Choices& choices) {
  if (choices.chance(50)) return fmt::format("{}", choices.pick(values::kBytes));
  if (choices.chance(30)) return fmt::format("{}", choices.pick(values::kPorts));
  if (choices.chance(30)) return fmt::format("0x{:x}", choices.pick(values::kHosts4));
  if (choices.chance(20)) return pick_word(choices, kNamedValues);
  return fmt::format("{}", choices.pick(kEdges));
}

std::string write_offset(Choices& choices, int depth) {
  if (depth > 0 && choices.chance(25)) return write_operand(choices, depth - 1);
  return fmt::format("{}", choices.chance(95) ? choices.below(44) : choices.word());
}

std::string write_access(Choices& choices, int depth) {
  const auto protocol = choices.chance(60) ? kIndexed[choices.below(5)] : choices.pick(kIndexed);
  const std::string offset = write_offset(choices, depth);
  if (choices.chance(40)) return fmt::format("{}[{}]", protocol, offset);
  return fmt::format("{}[{}:{}]", protocol, offset, 1u << choices.below(3));
}

std::string write_leaf(Choices& choices, int depth) {
  const std::uint32_t dice = choices.below(100);
  if (dice < 30) return write_constant(choices);
  if (dice < 60) return pick_word(choices, kFields);
  if (dice < 70) return "len";
  if (dice < 76) return pick_word(choices, kNamed);
  return write_access(choices, depth);
}

std::string write_operand(Choices& choices, int depth) {
  if (depth <= 0 || choices.chance(55)) return write_leaf(choices, depth);
  if (choices.chance(8)) return "-" + write_operand(choices, depth - 1);
  if (choices.chance(10)) return "(" + write_operand(choices, depth - 1) + ")";
  const std::string left = write_operand(choices, depth - 1);
  const std::string right =
      choices.chance(50) ? write_constant(choices) : write_operand(choices, depth - 1);
  const char* form = choices.chance(50) ? "({} {} {})" : "{} {} {}";
  return fmt::format(fmt::runtime(form), left, choices.pick(kOperators), right);
}

// A field and a value that it often has.
std::string write_plain_relation(Choices& choices) {
  return fmt::format("{} {} {}", choices.pick(kFields), choices.pick(kRelations),
                     write_constant(choices));
}

}  // namespace

std::string write_relation(Choices& choices) {
  if (choices.chance(40)) return write_plain_relation(choices);
  const int depth = static_cast<int>(choices.below(4));
  const std::string left = write_operand(choices, depth);
  return fmt::format("{} {} {}", left, choices.pick(kRelations), write_operand(choices, depth / 2));
}

}  // namespace weir::difftest
