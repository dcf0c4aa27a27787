#include "isa/helpers.h"

#include <algorithm>
#include <array>

namespace weir::isa {
namespace {

constexpr auto kHelperNames = std::to_array<std::string_view>({
#define WEIR_HELPER(name) "bpf_" #name,
#include "isa/helpers.def"
#undef WEIR_HELPER
});
static_assert(kHelperNames.size() == 211);

}  // namespace

std::string_view helper_name(std::int32_t number) {
  const auto index = static_cast<std::uint32_t>(number) - 1;
  return index < kHelperNames.size() ? kHelperNames.at(index) : std::string_view();
}

std::int32_t helper_number(std::string_view name) {
  const auto found = std::ranges::find(kHelperNames, name);
  if (found == kHelperNames.end()) return 0;
  return static_cast<std::int32_t>(found - kHelperNames.begin()) + 1;
}

std::span<const std::string_view> helper_names() { return kHelperNames; }

}  // namespace weir::isa
