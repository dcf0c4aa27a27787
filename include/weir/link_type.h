// Link types by their number in capture files (the LINKTYPE_ registry of
// tcpdump.org/linktypes.html).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace weir {

// Any 16-bit value may stand in a file; the named ones are those that weir filters or prints.
enum class LinkType : std::uint16_t {
  kNull = 0,
  kEn10mb = 1,
  kPpp = 9,
  kPppSerial = 50,
  kRaw = 101,
  kCHdlc = 104,
  kIeee80211 = 105,
  kFrelay = 107,
  kLoop = 108,
  kLinuxSll = 113,
  kIeee80211Radio = 127,
  kIpv4 = 228,
  kIpv6 = 229,
  kLinuxSll2 = 276,
};

struct LinkTypeInfo {
  LinkType type;
  std::string_view name;         // "EN10MB", as libpcap and tcpdump -y spell it
  std::string_view description;  // "Ethernet"
  bool filterable;               // the filter language supports it
};

// Every link type weir has a name for, in the order of their numbers.
std::span<const LinkTypeInfo> link_types();

// nullptr when weir has no name for it.
const LinkTypeInfo* find_link_type(LinkType type);

// Its name, or its decimal number when weir has no name for it.
std::string link_type_text(LinkType type);

// By name, any case, with or without `LINKTYPE_` or `DLT_` before it, or by decimal number.
std::optional<LinkType> parse_link_type(std::string_view text);

// The number that stands in a file for what a BSD, Linux or old file calls `value`: DLT_RAW is 12
// or 14 there and 101 in a new file.
LinkType link_type_from_file(std::uint16_t value);

}  // namespace weir
