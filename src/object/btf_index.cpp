#include "object/btf_index.h"

#include <bit>
#include <functional>

#include "object/btf.h"

namespace weir::object {

std::string_view essential_name(std::string_view name) {
  // Three underscores, no fewer and no more, with something else on both sides.
  for (std::size_t i = name.size() < 5 ? 0 : name.size() - 4; i > 0; --i) {
    if (name.substr(i, 3) == "___" && name[i - 1] != '_' && name[i + 3] != '_') {
      return name.substr(0, i);
    }
  }
  return name;
}

void BtfIndex::make_once(std::span<const BtfType> types) {
  std::call_once(made_, [&] { make(types); });
}

void BtfIndex::make(std::span<const BtfType> types) {
  heads_.assign(std::bit_ceil(types.size() + 1), kNone);
  next_.assign(types.size(), kNone);
  // From the end, so that each bucket's list rises.
  for (std::size_t i = types.size(); i-- > 0;) {
    if (types[i].name.empty()) continue;
    std::uint32_t& head = heads_[bucket(essential_name(types[i].name))];
    next_[i] = head;
    head = static_cast<std::uint32_t>(i);
  }
}

std::size_t BtfIndex::bucket(std::string_view essential) const {
  return std::hash<std::string_view>{}(essential) & (heads_.size() - 1);
}

void BtfIndex::append(std::span<const BtfType> types, std::string_view essential, BtfId first,
                      std::vector<BtfId>& out) const {
  for (std::uint32_t i = heads_[bucket(essential)]; i != kNone; i = next_[i]) {
    if (essential_name(types[i].name) == essential) out.push_back(first + i);
  }
}

}  // namespace weir::object
