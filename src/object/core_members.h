// Members of a struct or union as C sees them: those of its anonymous members are its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "object/btf.h"

namespace weir::object {

struct FoundMember {
  BtfId owner;               // the struct or union that has it, perhaps an anonymous one
  std::uint32_t index;       // in the owner
  std::uint64_t bit_offset;  // from the start of the one that was searched
};

// REQUIRES: `composite` is a struct or union; an empty name finds nothing.
std::optional<FoundMember> find_member(const Btf& btf, BtfId composite, std::string_view name);

// The names of all, for `did you mean`.
std::vector<std::string_view> member_names(const Btf& btf, BtfId composite);

}  // namespace weir::object
