// IEEE 802.11: up to four addresses whose roles depend on the frame control field.
#pragma once

#include <span>

#include "filter/lower/context.h"

namespace weir::filter::lower {

ConditionId wlan_source(Context& c, std::span<const MacAddress> addresses);
ConditionId wlan_destination(Context& c, std::span<const MacAddress> addresses);
ConditionId wlan_multicast(Context& c);
// `addr1` to `addr4`, `ra`, `ta`.
ConditionId wlan_address(Context& c, Dir dir, std::span<const MacAddress> addresses);

// Computes what wlan_payload stands for, before anything else is asked; `first` is what is asked
// then.
ir::NodeId wlan_prologue(Context& c, ir::NodeId first);

}  // namespace weir::filter::lower
