// Link-layer addresses.
#pragma once

#include <span>

#include "filter/lower/context.h"

namespace weir::filter::lower {

// One of the addresses is at the ends that `dir` names. Refuses link types without such addresses.
ConditionId station_at(Context& c, Dir dir, std::span<const MacAddress> addresses,
                       resolved::Many many);

// The address at `offset` of the link-layer header is one of these.
ConditionId station(Context& c, std::uint32_t offset, std::span<const MacAddress> addresses);

}  // namespace weir::filter::lower
