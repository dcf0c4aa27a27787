// The names of the helpers that programs call by number.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace weir::isa {

// "bpf_map_lookup_elem"; empty for a number that is no helper's.
std::string_view helper_name(std::int32_t number);

// The number of "bpf_map_lookup_elem"; 0 when no helper has the name.
std::int32_t helper_number(std::string_view name);

// Every name, that of the helper 1 first.
std::span<const std::string_view> helper_names();

}  // namespace weir::isa
