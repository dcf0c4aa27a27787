// Types by their essential names: a hash table over the numbers of one BTF, made by the first
// search.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "object/btf_types.h"

namespace weir::object {

class BtfIndex {
 public:
  // Safe from several threads. REQUIRES: the same types in every call.
  void make_once(std::span<const BtfType> types);

  // Positions in `types` of all with that essential name, in rising order. REQUIRES: made.
  void append(std::span<const BtfType> types, std::string_view essential, BtfId first,
              std::vector<BtfId>& out) const;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  void make(std::span<const BtfType> types);
  std::size_t bucket(std::string_view essential) const;

  std::once_flag made_;
  std::vector<std::uint32_t> heads_;  // a power of two many; positions, or kNone
  std::vector<std::uint32_t> next_;   // of the same bucket, rising
};

}  // namespace weir::object
