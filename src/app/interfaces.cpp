#include "app/interfaces.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/endian.h"
#include "base/suggest.h"
#include "capture/link_types.h"
#include "filter/address.h"
#include "packet/address_text.h"

namespace weir::app {
namespace {

constexpr std::size_t kColumns = 7;
using Row = std::array<std::string, kColumns>;

std::string address_text(const os::LinkAddress& address) {
  constexpr std::size_t kIp4 = 4;
  const std::string text =
      address.bytes.size() == kIp4
          ? packet::ip4_text(weir::load<std::uint32_t>(address.bytes.data(), std::endian::big))
          : packet::ip6_text(address.bytes);
  return fmt::format("{}/{}", text, address.prefix);
}

std::string addresses_text(const os::Link& link) {
  std::vector<std::string> out;
  if (!link.hardware_address.empty() && !link.is_loopback())
    out.push_back(packet::mac_text(link.hardware_address));
  for (const os::LinkAddress& address : link.addresses) out.push_back(address_text(address));
  return fmt::format("{}", fmt::join(out, " "));
}

std::string kind_text(const os::Link& link) {
  if (link.has_device) return "physical";
  return link.kind.empty() ? "virtual" : fmt::format("virtual ({})", link.kind);
}

Row row_of(const os::Link& link) {
  return {std::to_string(link.index),
          link.name,
          os::state_text(link),
          link_type_text(capture::offered_link_types(link).front().type),
          kind_text(link),
          link.qdisc,
          addresses_text(link)};
}

std::string render(const std::vector<Row>& rows) {
  std::array<std::size_t, kColumns> widths = {};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < kColumns; ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

std::unexpected<Error> unknown_interface(std::span<const os::Link> links, const std::string& name) {
  std::vector<std::string_view> names = {kEveryInterface};
  for (const os::Link& link : links) names.push_back(link.name);
  const std::string_view meant = closest_word(name, names);
  return fail(
      fmt::format("no interface is called `{}`", name),
      meant.empty() ? "`weir capture -D` lists them" : fmt::format("did you mean `{}`?", meant));
}

}  // namespace

Result<std::vector<os::Link>> list_interfaces() { return os::list_links(); }

Result<const os::Link*> find_interface(std::span<const os::Link> links, const std::string& name) {
  const auto by_name = std::ranges::find(links, name, &os::Link::name);
  if (by_name != links.end()) return &*by_name;
  const auto by_index = std::ranges::find(
      links, name, [](const os::Link& link) { return std::to_string(link.index); });
  if (by_index != links.end()) return &*by_index;
  return unknown_interface(links, name);
}

Result<const os::Link*> default_interface(std::span<const os::Link> links) {
  const auto is_best = [](const os::Link& link) { return link.is_up() && !link.is_loopback(); };
  auto found = std::ranges::find_if(links, is_best);
  if (found == links.end()) found = std::ranges::find_if(links, &os::Link::is_up);
  if (found != links.end()) return &*found;
  return fail("no interface is up", "name one with `-i`; `weir capture -D` lists them");
}

std::optional<packet::LocalNetwork> ip4_network_of(const os::Link& link) {
  constexpr unsigned kBits = 32;
  for (const os::LinkAddress& address : link.addresses) {
    if (address.bytes.size() != sizeof(std::uint32_t) || address.prefix > kBits) continue;
    return packet::LocalNetwork{.address = load_be<std::uint32_t>(address.bytes.data()),
                                .mask = filter::mask_of(address.prefix)};
  }
  return std::nullopt;
}

packet::LocalNetwork local_network_of(const os::Link& link) {
  constexpr std::uint32_t kEveryBit = 0xffffffff;
  return ip4_network_of(link).value_or(
      packet::LocalNetwork{.address = kEveryBit, .mask = kEveryBit});
}

std::string render_interfaces(std::span<const os::Link> links) {
  std::vector<Row> rows = {{"INDEX", "NAME", "STATE", "LINK TYPE", "KIND", "QDISC", "ADDRESSES"}};
  for (const os::Link& link : links) rows.push_back(row_of(link));
  const LinkType any = capture::offered_for_any().front().type;
  rows.push_back(
      {"-", std::string(kEveryInterface), "up", link_type_text(any), "all of them", "", ""});
  return render(rows);
}

std::string describe(LinkType link_type) {
  const LinkTypeInfo* info = find_link_type(link_type);
  return info == nullptr ? link_type_text(link_type)
                         : fmt::format("{} ({})", info->name, info->description);
}

Result<std::string> render_link_types(std::span<const os::Link> links, const std::string& name) {
  std::vector<capture::OfferedLinkType> offered = capture::offered_for_any();
  if (name != kEveryInterface) {
    const auto link = find_interface(links, name);
    if (!link) return std::unexpected(link.error());
    offered = capture::offered_link_types(**link);
  }
  std::string out;
  for (const capture::OfferedLinkType& each : offered) out += describe(each.type) + '\n';
  return out;
}

}  // namespace weir::app
