// Streams of zlib (RFC 1950), whole ones in memory.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <weir/result.h>

namespace weir::object {

std::vector<std::byte> deflate_bytes(std::span<const std::byte> bytes);

// Fails unless the stream is whole, has nothing behind it, and unpacks to exactly `size` bytes.
// What is allocated is bounded by a multiple of the stream, whatever `size` claims.
Result<std::vector<std::byte>> inflate_bytes(std::span<const std::byte> stream, std::size_t size);

}  // namespace weir::object
