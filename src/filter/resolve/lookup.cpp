#include "filter/resolve/lookup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/suggest.h"
#include "diag/quote.h"
#include "filter/chars.h"
#include "filter/resolved.h"
#include "filter/words.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;

struct EtherName {
  std::string_view name;
  std::uint16_t value;
};

// What has a name in libpcap besides the words of the language.
constexpr std::array kEtherNames = {EtherName{"loopback", 0x9000}, EtherName{"lldp", 0x88cc},
                                    EtherName{"slow", 0x8809}};

// The one value of the protocol word `name`, when it is a value of the field that `base` tests.
std::optional<std::uint32_t> word_value(std::string_view name, std::initializer_list<Proto> bases) {
  const Word* word = find_word(name);
  if (word == nullptr || word->kind != TokenKind::kProtoName) return std::nullopt;
  const auto info = abbreviation(static_cast<Proto>(word->value));
  if (!info || info->values.size() != 1) return std::nullopt;
  if (std::ranges::find(bases, info->proto) == bases.end()) return std::nullopt;
  return info->values.front();
}

std::optional<std::uint32_t> ether_value(std::string_view name) {
  const auto found = std::ranges::find(kEtherNames, name, &EtherName::name);
  if (found != kEtherNames.end()) return found->value;
  return word_value(name, {Proto::kLink});
}

std::string_view field_name(Proto proto) {
  switch (proto) {
    case Proto::kLink:
      return "ether proto";
    case Proto::kIso:
      return "iso proto";
    case Proto::kIsis:
      return "isis proto";
    default:
      return "IP protocol";
  }
}

std::optional<std::uint16_t> port_of(const std::vector<ServicePort>& all, Transport transport) {
  const auto found = std::ranges::find(all, transport, &ServicePort::transport);
  return found == all.end() ? std::nullopt : std::optional(found->port);
}

Transport transport_of(Proto proto) {
  if (proto == Proto::kTcp) return Transport::kTcp;
  return proto == Proto::kUdp ? Transport::kUdp : Transport::kSctp;
}

// A port written for any transport: TCP and UDP agree.
std::optional<std::uint16_t> shared_port(const std::vector<ServicePort>& all) {
  const auto tcp = port_of(all, Transport::kTcp);
  return tcp && tcp == port_of(all, Transport::kUdp) ? tcp : std::nullopt;
}

std::string transports_of(const std::vector<ServicePort>& all) {
  constexpr std::array<std::string_view, 3> kNames = {"tcp", "udp", "sctp"};
  std::vector<std::string_view> names;
  for (const ServicePort& service : all)
    names.push_back(kNames[static_cast<std::size_t>(service.transport)]);
  return fmt::format("{}", fmt::join(names, " and "));
}

// `8000-8100` behind `port`.
bool looks_like_range(std::string_view name) {
  return name.find_first_not_of("0123456789-") == std::string_view::npos &&
         name.find('-') != std::string_view::npos;
}

// A word of the language in capitals is a name, which hardly anybody means.
std::string hint_for_unknown(std::string_view name, std::string hint) {
  std::string word(name);
  std::ranges::transform(word, word.begin(), to_lower);
  if (word == name || find_word(word) == nullptr) return hint;
  return fmt::format("words are in lower case: {}", quote(word));
}

}  // namespace

bool Lookup::may_look_up(std::string_view name, std::string_view what,
                         const NamePlace& place) const {
  if (names_ != nullptr) return true;
  diagnostics_.error(Kind::kNamesOff, place.range,
                     fmt::format("{}{} is the name of a {}, and names are not looked up",
                                 place.where, quote(name), what),
                     "write its number or address, or leave --no-names out");
  return false;
}

void Lookup::unknown(std::string_view name, std::string_view what, const NamePlace& place,
                     std::string hint) const {
  diagnostics_.error(Kind::kUnknownName, place.range,
                     fmt::format("{}no {} has the name {}", place.where, what, quote(name)),
                     hint_for_unknown(name, std::move(hint)));
}

std::optional<HostAddresses> Lookup::host(std::string_view name, Proto proto,
                                          const NamePlace& place) const {
  if (!may_look_up(name, "host", place)) return std::nullopt;
  auto found = names_->host(std::string(name));
  if (!found) {
    diagnostics_.error(Kind::kUnknownName, place.range, place.where + found.error().message,
                       hint_for_unknown(name, found.error().hint));
    return std::nullopt;
  }
  HostAddresses addresses = *std::move(found);
  if (proto == Proto::kIp6) addresses.ip4.clear();
  if (proto == Proto::kIp || proto == Proto::kArp || proto == Proto::kRarp) addresses.ip6.clear();
  if (!addresses.ip4.empty() || !addresses.ip6.empty()) return addresses;
  unknown(name, "host", place,
          proto == Proto::kNone
              ? "write its address"
              : fmt::format("it has addresses, but none that go with {}", quote(name_of(proto))));
  return std::nullopt;
}

std::optional<MacAddress> Lookup::ether(std::string_view name, const NamePlace& place) const {
  if (!may_look_up(name, "station", place)) return std::nullopt;
  const auto found = names_->ether(std::string(name));
  if (!found)
    unknown(name, "station", place,
            "add it to /etc/ethers, or write its address: `00:11:22:33:44:55`");
  return found;
}

std::optional<std::uint32_t> Lookup::network(std::string_view name, const NamePlace& place) const {
  if (!may_look_up(name, "network", place)) return std::nullopt;
  const auto found = names_->network(std::string(name));
  if (found && *found != 0) return found;
  unknown(name, "network", place, "add it to /etc/networks, or write its prefix: `net 10.0.0.0/8`");
  return std::nullopt;
}

std::optional<Lookup::Service> Lookup::service(std::string_view name, Proto proto,
                                               const NamePlace& place) const {
  const bool range = looks_like_range(name);
  if (!range && !may_look_up(name, "port", place)) return std::nullopt;
  const std::vector<ServicePort> all =
      range ? std::vector<ServicePort>{} : names_->service(std::string(name));
  const auto shared = shared_port(all);
  if (proto == Proto::kNone) {
    if (shared) return Service{Proto::kNone, *shared};
    if (const auto tcp = port_of(all, Transport::kTcp)) return Service{Proto::kTcp, *tcp};
    if (const auto udp = port_of(all, Transport::kUdp)) return Service{Proto::kUdp, *udp};
  } else {
    if (const auto own = port_of(all, transport_of(proto))) return Service{proto, *own};
    if (shared) return Service{proto, *shared};
  }
  std::string hint = "write its number, or add it to /etc/services";
  if (range) hint = fmt::format("write {}", quote(fmt::format("portrange {}", name)));
  if (!all.empty()) hint = fmt::format("{} is a port of {}", quote(name), transports_of(all));
  unknown(name, proto == Proto::kNone ? "port" : fmt::format("{} port", name_of(proto)), place,
          std::move(hint));
  return std::nullopt;
}

std::optional<std::uint32_t> Lookup::protocol(std::string_view name, Proto proto,
                                              const NamePlace& place) const {
  std::optional<std::uint32_t> value;
  switch (proto) {
    case Proto::kLink:
      value = ether_value(name);
      break;
    case Proto::kIso:
      value = word_value(name, {Proto::kIso});
      break;
    case Proto::kIsis:
      break;
    default:
      if (names_ != nullptr) value = names_->protocol(std::string(name));
      // The language's own words need no file.
      if (!value) value = word_value(name, {Proto::kNone, Proto::kIp, Proto::kIp6});
      if (!value && !may_look_up(name, "protocol", place)) return std::nullopt;
      break;
  }
  if (value) return value;
  std::string hint = "write its number";
  if (proto == Proto::kLink) hint = "write the EtherType: `ether proto 0x0800`";
  if (proto == Proto::kIso) hint = "one of `clnp`, `esis`, `isis`, or a number";
  unknown(name, field_name(proto), place, std::move(hint));
  return std::nullopt;
}

}  // namespace weir::filter
