#include "os/links.h"

#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include <algorithm>

#include "os/netlink_message.h"

namespace weir::os {
namespace {

using Bytes = std::span<const std::byte>;

// Newer than the kernel headers of some distributions (Linux 5.14).
constexpr std::uint16_t kParentDeviceName = 56;

std::vector<std::byte> copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

Result<std::string> kind_of(Bytes link_info) {
  const auto attributes = netlink_attributes(link_info);
  if (!attributes) return std::unexpected(attributes.error());
  const auto kind = std::ranges::find(*attributes, IFLA_INFO_KIND, &NetlinkAttribute::type);
  return kind == attributes->end() ? std::string() : kind->text();
}

Result<> set_attribute(Link& link, const NetlinkAttribute& attribute) {
  switch (attribute.type) {
    case IFLA_IFNAME:
      link.name = attribute.text();
      break;
    case IFLA_MTU:
      link.mtu = attribute.u32();
      break;
    case IFLA_GSO_MAX_SIZE:
    case IFLA_GRO_MAX_SIZE:
      link.largest_packet = std::max(link.largest_packet, attribute.u32());
      break;
    case IFLA_QDISC:
      link.qdisc = attribute.text();
      break;
    case IFLA_ADDRESS:
      link.hardware_address = copy(attribute.value);
      break;
    case kParentDeviceName:
      link.has_device = true;
      break;
    case IFLA_LINKINFO: {
      auto kind = kind_of(attribute.value);
      if (!kind) return std::unexpected(kind.error());
      link.kind = std::move(*kind);
      break;
    }
    default:
      break;
  }
  return {};
}

// struct ifinfomsg, then attributes.
Result<Link> read_link(Bytes body) {
  ByteReader reader(body, std::endian::native);
  Link link;
  reader.skip(2);  // family and padding
  link.hardware_type = reader.u16();
  link.index = reader.u32();
  link.flags = reader.u32();
  reader.skip(4);  // which flags changed
  if (auto whole = reader.status("an interface of the kernel's list"); !whole)
    return std::unexpected(whole.error());
  const auto attributes = netlink_attributes(reader.rest());
  if (!attributes) return std::unexpected(attributes.error());
  for (const NetlinkAttribute& attribute : *attributes) {
    if (auto set = set_attribute(link, attribute); !set) return std::unexpected(set.error());
  }
  return link;
}

// On a point-to-point interface the first kind is the other end's.
const NetlinkAttribute* own_address(const std::vector<NetlinkAttribute>& attributes) {
  for (const int type : {IFA_LOCAL, IFA_ADDRESS}) {
    const auto found = std::ranges::find(attributes, type, &NetlinkAttribute::type);
    if (found != attributes.end()) return &*found;
  }
  return nullptr;
}

// struct ifaddrmsg, then attributes.
Result<> add_address(std::vector<Link>& links, Bytes body) {
  ByteReader reader(body, std::endian::native);
  reader.skip(1);  // family: the length tells it, too
  const std::uint8_t prefix = reader.u8();
  reader.skip(2);  // flags and scope
  const std::uint32_t index = reader.u32();
  if (auto whole = reader.status("an address of the kernel's list"); !whole) return whole;
  const auto attributes = netlink_attributes(reader.rest());
  if (!attributes) return std::unexpected(attributes.error());
  const NetlinkAttribute* address = own_address(*attributes);
  const auto link = std::ranges::find(links, index, &Link::index);
  if (address == nullptr || link == links.end()) return {};
  if (address->value.size() != 4 && address->value.size() != 16) return {};
  link->addresses.push_back({.bytes = copy(address->value), .prefix = prefix});
  return {};
}

}  // namespace

bool Link::is_up() const { return (flags & IFF_UP) != 0; }
bool Link::is_loopback() const { return (flags & IFF_LOOPBACK) != 0; }

std::string state_text(const Link& link) {
  if (!link.is_up()) return "down";
  return (link.flags & IFF_RUNNING) != 0 ? "up" : "no carrier";
}

Result<std::vector<Link>> list_links(Netlink& netlink) {
  std::vector<Link> links;
  auto listed = netlink_dump(
      netlink, RTM_GETLINK, [&] { links.clear(); },
      [&](const NetlinkMessage& message) -> Result<> {
        if (message.type != RTM_NEWLINK) return {};
        auto link = read_link(message.body);
        if (!link) return std::unexpected(link.error());
        links.push_back(std::move(*link));
        return {};
      });
  if (!listed) return std::unexpected(listed.error());
  std::ranges::sort(links, {}, &Link::index);
  listed = netlink_dump(
      netlink, RTM_GETADDR,
      [&] { std::ranges::for_each(links, [](Link& link) { link.addresses.clear(); }); },
      [&](const NetlinkMessage& message) -> Result<> {
        return message.type == RTM_NEWADDR ? add_address(links, message.body) : Result<>{};
      });
  if (!listed) return std::unexpected(listed.error());
  return links;
}

Result<std::vector<Link>> list_links() {
  const auto netlink = open_route_netlink();
  if (!netlink) return std::unexpected(netlink.error());
  return list_links(**netlink);
}

}  // namespace weir::os
