#include "filter/parse/named_values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/suggest.h"
#include "filter/chars.h"

namespace weir::filter {
namespace {

// IEEE 802.11, frame control: bits 2-3 are the type, bits 4-7 the subtype.
constexpr std::array kWlanTypes = {
    NamedValue{"data", 0x08}, NamedValue{"mgt", 0x00},     NamedValue{"management", 0x00},
    NamedValue{"ctl", 0x04},  NamedValue{"control", 0x04},
};
constexpr std::array kManagement = {
    NamedValue{"assocreq", 0x00},    NamedValue{"assoc-req", 0x00},
    NamedValue{"assocresp", 0x10},   NamedValue{"assoc-resp", 0x10},
    NamedValue{"reassocreq", 0x20},  NamedValue{"reassoc-req", 0x20},
    NamedValue{"reassocresp", 0x30}, NamedValue{"reassoc-resp", 0x30},
    NamedValue{"probereq", 0x40},    NamedValue{"probe-req", 0x40},
    NamedValue{"proberesp", 0x50},   NamedValue{"probe-resp", 0x50},
    NamedValue{"beacon", 0x80},      NamedValue{"atim", 0x90},
    NamedValue{"disassoc", 0xa0},    NamedValue{"disassociation", 0xa0},
    NamedValue{"auth", 0xb0},        NamedValue{"authentication", 0xb0},
    NamedValue{"deauth", 0xc0},      NamedValue{"deauthentication", 0xc0},
};
constexpr std::array kControl = {
    NamedValue{"bar", 0x80},    NamedValue{"ba", 0x90},         NamedValue{"ps-poll", 0xa0},
    NamedValue{"rts", 0xb0},    NamedValue{"cts", 0xc0},        NamedValue{"ack", 0xd0},
    NamedValue{"cf-end", 0xe0}, NamedValue{"cf-end-ack", 0xf0},
};
constexpr std::array kData = {
    NamedValue{"data", 0x00},
    NamedValue{"data-cf-ack", 0x10},
    NamedValue{"data-cf-poll", 0x20},
    NamedValue{"data-cf-ack-poll", 0x30},
    NamedValue{"null", 0x40},
    NamedValue{"cf-ack", 0x50},
    NamedValue{"cf-poll", 0x60},
    NamedValue{"cf-ack-poll", 0x70},
    NamedValue{"qos-data", 0x80},
    NamedValue{"qos-data-cf-ack", 0x90},
    NamedValue{"qos-data-cf-poll", 0xa0},
    NamedValue{"qos-data-cf-ack-poll", 0xb0},
    NamedValue{"qos", 0xc0},
    NamedValue{"qos-cf-poll", 0xe0},
    NamedValue{"qos-cf-ack-poll", 0xf0},
};
constexpr std::array kDirections = {
    NamedValue{"nods", 0},
    NamedValue{"tods", 1},
    NamedValue{"fromds", 2},
    NamedValue{"dstods", 3},
};

// IEEE 802.2, control field: of S frames under 0x0f, of U frames under 0xef.
constexpr std::array kLlcS = {NamedValue{"rr", 0x01}, NamedValue{"rnr", 0x05},
                              NamedValue{"rej", 0x09}};
constexpr std::array kLlcU = {
    NamedValue{"ui", 0x03},  NamedValue{"ua", 0x63},    NamedValue{"disc", 0x43},
    NamedValue{"dm", 0x0f},  NamedValue{"sabme", 0x6f}, NamedValue{"test", 0xe3},
    NamedValue{"xid", 0xaf}, NamedValue{"frmr", 0x87},
};

// OpenBSD's pf(4): the names that libpcap takes everywhere.
constexpr std::array kPfReasons = {
    NamedValue{"match", 0},           NamedValue{"bad-offset", 1},
    NamedValue{"fragment", 2},        NamedValue{"short", 3},
    NamedValue{"normalize", 4},       NamedValue{"memory", 5},
    NamedValue{"bad-timestamp", 6},   NamedValue{"congestion", 7},
    NamedValue{"ip-option", 8},       NamedValue{"proto-cksum", 9},
    NamedValue{"state-mismatch", 10}, NamedValue{"state-insert", 11},
    NamedValue{"state-limit", 12},    NamedValue{"src-limit", 13},
    NamedValue{"synproxy", 14},
};
constexpr std::array kPfActions = {
    NamedValue{"pass", 0},
    NamedValue{"accept", 0},
    NamedValue{"drop", 1},
    NamedValue{"block", 1},
    NamedValue{"scrub", 2},
    NamedValue{"noscrub", 3},
    NamedValue{"nat", 4},
    NamedValue{"nonat", 5},
    NamedValue{"binat", 6},
    NamedValue{"nobinat", 7},
    NamedValue{"rdr", 8},
    NamedValue{"nordr", 9},
    NamedValue{"synproxy-drop", 10},
};

// RFC 9293 section 3.1, byte 13; RFC 791, byte 6.
constexpr std::array kTcpFlags = {
    NamedValue{"fin", 0x01}, NamedValue{"syn", 0x02},  NamedValue{"rst", 0x04},
    NamedValue{"psh", 0x08}, NamedValue{"push", 0x08}, NamedValue{"ack", 0x10},
    NamedValue{"urg", 0x20}, NamedValue{"ece", 0x40},  NamedValue{"cwr", 0x80},
};
constexpr std::array kIpFlags = {NamedValue{"mf", 0x20}, NamedValue{"df", 0x40},
                                 NamedValue{"rf", 0x80}};

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

}  // namespace

NamedValues wlan_types() { return kWlanTypes; }
NamedValues wlan_directions() { return kDirections; }
NamedValues llc_s_commands() { return kLlcS; }
NamedValues llc_u_commands() { return kLlcU; }
NamedValues pf_reasons() { return kPfReasons; }
NamedValues pf_actions() { return kPfActions; }
NamedValues tcp_flags() { return kTcpFlags; }
NamedValues ip_flags() { return kIpFlags; }

NamedValues wlan_subtypes(std::uint8_t type) {
  switch (type) {
    case 0x00:
      return kManagement;
    case 0x04:
      return kControl;
    case 0x08:
      return kData;
    default:
      return {};
  }
}

std::optional<std::uint8_t> find_value(NamedValues values, std::string_view name) {
  const auto found =
      std::ranges::find_if(values, [&](const NamedValue& v) { return same_word(v.name, name); });
  return found == values.end() ? std::nullopt : std::optional(found->value);
}

std::string suggest_value(NamedValues values, std::string_view name) {
  std::vector<std::string_view> names;
  for (const NamedValue& value : values) names.push_back(value.name);
  const std::string_view close = closest_word(name, names);
  if (!close.empty()) return fmt::format("did you mean `{}`?", close);
  return fmt::format("one of `{}`", fmt::join(names, "`, `"));
}

}  // namespace weir::filter
