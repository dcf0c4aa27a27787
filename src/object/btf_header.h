// What stands in front of .BTF and .BTF.ext: magic, version, length of itself; for .BTF also where
// the types and the names lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <weir/result.h>

#include "base/reader.h"

namespace weir::object {

struct BtfHeader {
  std::span<const std::byte> types;
  std::span<const std::byte> strings;
};

Result<BtfHeader> read_btf_header(std::span<const std::byte> bytes);

// Magic, version, flags and the header's length; the reader stands behind them. Returns the length.
// `section` is ".BTF" or ".BTF.ext", for messages. REQUIRES: a little-endian reader at its start.
Result<std::uint32_t> read_btf_preamble(ByteReader& reader, std::string_view section);

}  // namespace weir::object
