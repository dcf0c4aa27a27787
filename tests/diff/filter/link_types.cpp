// Look-ups in the table of compared link types.
#include "diff/filter/link_types.h"

#include <algorithm>

#include "base/check.h"

namespace weir::difftest {
namespace {

template <typename Value>
std::optional<LinkType> find(Value ComparedLinkType::* member, const Value& value) {
  const auto* found = std::ranges::find(kComparedLinkTypes, value, member);
  if (found == kComparedLinkTypes.end()) return std::nullopt;
  return found->type;
}

}  // namespace

const ComparedLinkType& compared_link_type(LinkType type) {
  const auto* found = std::ranges::find(kComparedLinkTypes, type, &ComparedLinkType::type);
  WEIR_CHECK(found != kComparedLinkTypes.end());
  return *found;
}

std::optional<LinkType> link_type_by_name(std::string_view name) {
  return find(&ComparedLinkType::name, name);
}

std::optional<LinkType> link_type_by_dlt(int dlt) { return find(&ComparedLinkType::dlt, dlt); }

}  // namespace weir::difftest
