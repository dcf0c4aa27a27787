// Base64 as RFC 4648, section 4, has it: the standard alphabet, padded with `=`.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <weir/result.h>

namespace weir::object {

std::string base64_encode(std::span<const std::byte> bytes);

// Fails on anything else than the encoder writes: other characters (white space, too), padding that
// is missing or not at the end, bits that are set in it. The error's offset counts from the start
// of the text.
Result<std::vector<std::byte>> base64_decode(std::string_view text);

}  // namespace weir::object
