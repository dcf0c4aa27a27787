#include "filter/lower/layout.h"

#include <algorithm>
#include <array>

namespace weir::filter::lower {
namespace {

struct FixedHeader {
  LinkType type;
  bool has_type_field;
  std::uint32_t type_field;
  std::uint32_t payload;
  std::uint32_t network;
  std::uint32_t network_without_snap;
};

// tcpdump.org/linktypes.html. 802.11's payload begins with LLC and SNAP; its offset is computed.
constexpr auto kHeaders = std::to_array<FixedHeader>({
    {LinkType::kEn10mb, true, 12, 14, 0, 3},
    {LinkType::kNull, true, 0, 4, 0, 0},
    {LinkType::kLoop, true, 0, 4, 0, 0},
    {LinkType::kPpp, true, 2, 4, 0, 0},
    {LinkType::kPppSerial, true, 2, 4, 0, 0},
    {LinkType::kCHdlc, true, 2, 4, 0, 0},
    {LinkType::kIeee80211, true, 24, 0, 8, 3},
    {LinkType::kIeee80211Radio, true, 24, 0, 8, 3},
    {LinkType::kRaw, false, 0, 0, 0, 0},
    {LinkType::kIpv4, false, 0, 0, 0, 0},
    {LinkType::kIpv6, false, 0, 0, 0, 0},
    {LinkType::kLinuxSll, true, 14, 16, 0, 0},
    {LinkType::kLinuxSll2, true, 0, 20, 0, 0},
});

}  // namespace

bool is_wlan(LinkType type) {
  return type == LinkType::kIeee80211 || type == LinkType::kIeee80211Radio;
}

bool is_filtered(LinkType type) {
  return std::ranges::find(kHeaders, type, &FixedHeader::type) != kHeaders.end();
}

std::string filtered_link_types() {
  std::string names;
  for (const FixedHeader& header : kHeaders) {
    const LinkTypeInfo* info = find_link_type(header.type);
    if (info == nullptr) continue;
    if (!names.empty()) names += ", ";
    names += info->name;
  }
  return names;
}

Layout first_layout(LinkType type, ir::ValueId radiotap, ir::ValueId wlan_payload) {
  const auto* header = std::ranges::find(kHeaders, type, &FixedHeader::type);
  Layout layout;
  layout.link_type = type;
  if (header == kHeaders.end()) return layout;
  layout.type_field.constant = header->type_field;
  layout.has_type_field = header->has_type_field;
  layout.payload.constant = header->payload;
  layout.network = header->network;
  layout.network_without_snap = header->network_without_snap;
  if (is_wlan(type)) layout.payload.base = wlan_payload;
  if (type == LinkType::kIeee80211Radio) layout.link_header.base = radiotap;
  return layout;
}

}  // namespace weir::filter::lower
