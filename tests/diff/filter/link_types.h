// The link types that the filter comparison covers, with the numbers by which libpcap's API knows
// them.
#pragma once

#include <array>
#include <optional>
#include <ostream>
#include <string_view>

#include <weir/link_type.h>

namespace weir::difftest {

struct ComparedLinkType {
  LinkType type;
  int dlt;  // pcap_open_dead() takes the DLT of this system, not the number in files
  std::string_view name;
};

// How a test names its parameter.
inline void PrintTo(const ComparedLinkType& link, std::ostream* out) { *out << link.name; }

inline constexpr std::array kComparedLinkTypes = std::to_array<ComparedLinkType>({
    {LinkType::kEn10mb, 1, "EN10MB"},
    {LinkType::kNull, 0, "NULL"},
    {LinkType::kLoop, 108, "LOOP"},
    {LinkType::kRaw, 12, "RAW"},
    {LinkType::kIpv4, 228, "IPV4"},
    {LinkType::kIpv6, 229, "IPV6"},
    {LinkType::kLinuxSll, 113, "LINUX_SLL"},
    {LinkType::kLinuxSll2, 276, "LINUX_SLL2"},
    {LinkType::kPpp, 9, "PPP"},
    {LinkType::kPppSerial, 50, "PPP_SERIAL"},
    {LinkType::kCHdlc, 104, "C_HDLC"},
    {LinkType::kIeee80211, 105, "IEEE802_11"},
    {LinkType::kIeee80211Radio, 127, "IEEE802_11_RADIO"},
});

const ComparedLinkType& compared_link_type(LinkType type);
std::optional<LinkType> link_type_by_name(std::string_view name);
std::optional<LinkType> link_type_by_dlt(int dlt);

}  // namespace weir::difftest
