#include "vm/classic_load.h"

#include "vm/classic_extension.h"

namespace weir::vm {
namespace {

// libpcap answers two extensions itself, and only byte loads of them.
bool answers(ClassicMode mode, isa::Extension extension, std::uint32_t size) {
  const bool vlan =
      extension == isa::Extension::kVlanTci || extension == isa::Extension::kVlanPresent;
  return mode == ClassicMode::kKernel || (vlan && size == 1);
}

}  // namespace

// As bpf_internal_load_pointer_neg_helper() of the kernel. Of the room before the packet nothing is
// known here.
std::optional<std::uint32_t> load_from_header(const ClassicInput& input, ClassicMode mode,
                                              std::uint32_t k, std::uint32_t size) {
  if (mode == ClassicMode::kLibpcap) return load_bytes(input.bytes, k, size);
  if (k < isa::kNetworkBase) return load_bytes(input.bytes, k - isa::kLinkLayerBase, size);
  if (input.metadata == nullptr) return std::nullopt;
  const std::uint64_t offset = std::uint64_t{input.metadata->network_offset} + k;
  return load_bytes(input.bytes, offset - isa::kNetworkBase, size);
}

std::optional<std::uint32_t> load_special(const ClassicInput& input, ClassicMode mode,
                                          const ClassicState& state, std::uint32_t k,
                                          std::uint32_t size) {
  const isa::ExtensionInfo* info = isa::find_extension(k);
  if (info != nullptr && input.metadata != nullptr && answers(mode, info->extension, size)) {
    return extension_value(info->extension, input, state);
  }
  return load_from_header(input, mode, k, size);
}

}  // namespace weir::vm
