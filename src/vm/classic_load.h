// Loads from the packet, with the rules of both engines.
#pragma once

#include <cstdint>
#include <optional>

#include "base/endian.h"
#include "isa/classic_extension.h"
#include "vm/classic_state.h"

namespace weir::vm {

// `size` bytes (1, 2 or 4) in network order; nullopt when they are not all in the packet.
inline std::optional<std::uint32_t> load_bytes(std::span<const std::byte> bytes,
                                               std::uint64_t offset, std::uint32_t size) {
  if (offset > bytes.size() || size > bytes.size() - offset) return std::nullopt;
  const std::byte* at = bytes.data() + offset;
  if (size == 1) return load_be<std::uint8_t>(at);
  if (size == 2) return load_be<std::uint16_t>(at);
  return load_be<std::uint32_t>(at);
}

// For `k` past any packet: where Linux looks from its link-layer or network header on; nowhere for
// libpcap.
std::optional<std::uint32_t> load_from_header(const ClassicInput& input, ClassicMode mode,
                                              std::uint32_t k, std::uint32_t size);

// The same, and the values of kernel extensions. The state counts only for those that compute with
// registers.
std::optional<std::uint32_t> load_special(const ClassicInput& input, ClassicMode mode,
                                          const ClassicState& state, std::uint32_t k,
                                          std::uint32_t size);

// `[k]`
inline std::optional<std::uint32_t> load_absolute(const ClassicInput& input, ClassicMode mode,
                                                  const ClassicState& state, std::uint32_t k,
                                                  std::uint32_t size) {
  if (k >= isa::kLinkLayerBase) return load_special(input, mode, state, k, size);
  return load_bytes(input.bytes, k, size);
}

// `[x + k]`
inline std::optional<std::uint32_t> load_indirect(const ClassicInput& input, ClassicMode mode,
                                                  std::uint32_t x, std::uint32_t k,
                                                  std::uint32_t size) {
  std::uint64_t offset = std::uint64_t{x} + k;
  if (mode == ClassicMode::kKernel) {
    offset = x + k;  // wraps around
    if (offset >= isa::kLinkLayerBase) return load_from_header(input, mode, x + k, size);
  }
  return load_bytes(input.bytes, offset, size);
}

// `4*([k]&0xf)`
inline std::optional<std::uint32_t> load_header_length(const ClassicInput& input, ClassicMode mode,
                                                       std::uint32_t k) {
  const auto byte = k >= isa::kLinkLayerBase ? load_from_header(input, mode, k, 1)
                                             : load_bytes(input.bytes, k, 1);
  if (!byte) return std::nullopt;
  return 4 * (*byte & 0xf);
}

}  // namespace weir::vm
