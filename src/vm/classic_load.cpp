#include "vm/classic_load.h"

#include "base/endian.h"
#include "isa/classic_extension.h"
#include "vm/classic_extension.h"

namespace weir::vm {
namespace {

using Value = std::optional<std::uint32_t>;

// `offset` is computed without overflow by the callers.
Value load_bytes(std::span<const std::byte> bytes, std::uint64_t offset, std::uint32_t size) {
  if (offset > bytes.size() || size > bytes.size() - offset) return std::nullopt;
  const std::byte* at = bytes.data() + offset;
  if (size == 1) return load_be<std::uint8_t>(at);
  if (size == 2) return load_be<std::uint16_t>(at);
  return load_be<std::uint32_t>(at);
}

// Where the kernel looks for a negative offset: bpf_internal_load_pointer_neg_helper() in its
// include/linux/filter.h. nullopt: nowhere.
std::optional<std::uint64_t> kernel_offset(const ClassicInput& input, std::uint32_t k) {
  if (static_cast<std::int32_t>(k) >= 0) return k;
  if (k < isa::kLinkLayerBase) return std::nullopt;
  if (k < isa::kNetworkBase) return k - isa::kLinkLayerBase;
  if (input.metadata == nullptr) return std::nullopt;
  return std::uint64_t{input.metadata->network_offset} + (k - isa::kNetworkBase);
}

Value load_kernel(const ClassicInput& input, std::uint32_t k, std::uint32_t size) {
  const auto offset = kernel_offset(input, k);
  return offset ? load_bytes(input.bytes, *offset, size) : std::nullopt;
}

// libpcap answers two extensions itself, and only byte loads of them.
bool answers(ClassicMode mode, isa::Extension extension, std::uint32_t size) {
  const bool vlan =
      extension == isa::Extension::kVlanTci || extension == isa::Extension::kVlanPresent;
  return mode == ClassicMode::kKernel || (vlan && size == 1);
}

}  // namespace

std::optional<std::uint32_t> load_absolute(const ClassicInput& input, ClassicMode mode,
                                           const ClassicState& state, std::uint32_t k,
                                           std::uint32_t size) {
  if (k >= isa::kExtensionBase && input.metadata != nullptr) {
    const isa::ExtensionInfo* info = isa::find_extension(k);
    if (info != nullptr && answers(mode, info->extension, size)) {
      return extension_value(info->extension, input, state);
    }
  }
  return mode == ClassicMode::kKernel ? load_kernel(input, k, size)
                                      : load_bytes(input.bytes, k, size);
}

std::optional<std::uint32_t> load_indirect(const ClassicInput& input, ClassicMode mode,
                                           std::uint32_t x, std::uint32_t k, std::uint32_t size) {
  if (mode == ClassicMode::kKernel) return load_kernel(input, x + k, size);
  return load_bytes(input.bytes, std::uint64_t{x} + k, size);
}

std::optional<std::uint32_t> load_header_length(const ClassicInput& input, ClassicMode mode,
                                                std::uint32_t k) {
  const Value byte =
      mode == ClassicMode::kKernel ? load_kernel(input, k, 1) : load_bytes(input.bytes, k, 1);
  if (!byte) return std::nullopt;
  return 4 * (*byte & 0xf);
}

}  // namespace weir::vm
