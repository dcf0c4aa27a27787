// Options of pcapng blocks, and the interface description made of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <weir/packet.h>
#include <weir/result.h>

#include "base/reader.h"
#include "capfile/info.h"

namespace weir::capfile {

struct BlockOption {
  std::uint16_t code = 0;
  std::span<const std::byte> value;
};

// The next option, or nullopt at the end of the options or when they are cut short
// (`!reader.ok()`).
std::optional<BlockOption> next_option(ByteReader& reader);

// `body` is an Interface Description Block without its header and trailer. Errors have no offset.
Result<Interface> read_interface(std::span<const std::byte> body, std::endian order);

// From the epb_flags option; options that are cut short count as absent.
Direction read_direction(std::span<const std::byte> options, std::endian order);

}  // namespace weir::capfile
