// MACsec: a tag in an Ethernet frame, behind which the payload may be encrypted.
#pragma once

#include <cstdint>
#include <span>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::macsec {

enum class Outcome : std::uint8_t { kReadable, kEncrypted, kBroken };

// Takes the tag, and what is behind a readable payload, away from `rest`.
Outcome print(Line& line, View& rest, std::span<const std::byte> source,
              std::span<const std::byte> destination);

}  // namespace weir::packet::macsec
