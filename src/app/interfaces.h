// The interfaces of this machine: which there are, which one is meant, and how they are listed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <weir/link_type.h>
#include <weir/result.h>

#include "os/links.h"
#include "packet/print/options.h"

namespace weir::app {

inline constexpr std::string_view kEveryInterface = "any";  // all interfaces together

Result<std::vector<os::Link>> list_interfaces();

// By name, or by the number that the list shows; an Error says what may have been meant.
Result<const os::Link*> find_interface(std::span<const os::Link> links, const std::string& name);
// What is listened on when nobody says: the first that is up and no loopback, else the first that
// is up.
Result<const os::Link*> default_interface(std::span<const os::Link> links);

// The network of its first IPv4 address.
std::optional<packet::LocalNetwork> ip4_network_of(const os::Link& link);
// The same; without an address, a network of no host's.
packet::LocalNetwork local_network_of(const os::Link& link);

// A line each, in columns, with the one for all of them at the end.
std::string render_interfaces(std::span<const os::Link> links);

// `EN10MB (Ethernet)`.
std::string describe(LinkType link_type);
// As what the packets of `name` can be had, a line each, the default first.
Result<std::string> render_link_types(std::span<const os::Link> links, const std::string& name);

}  // namespace weir::app
