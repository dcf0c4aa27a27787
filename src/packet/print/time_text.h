// Durations and dates, as many protocols show them.
#pragma once

#include <cstdint>

#include "packet/print/text.h"

namespace weir::packet {

// "1d2h3s", with years and weeks; "0s".
void put_duration(Text& text, std::uint32_t seconds);
void put_signed_duration(Text& text, std::int32_t seconds);

}  // namespace weir::packet
