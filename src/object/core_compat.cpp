#include "object/core_compat.h"

#include <utility>

namespace weir::object {
namespace {

bool is_plain_integer(const Btf& btf, BtfId id) { return btf.integer(id).bit_offset == 0; }

// Without flavors; one without a name goes with any.
bool names_go_together(std::string_view ours, std::string_view theirs) {
  return ours.empty() || theirs.empty() || essential_name(ours) == essential_name(theirs);
}

}  // namespace

bool kinds_compatible(const Btf& local, BtfId ours, const Btf& target, BtfId theirs) {
  const BtfKind a = local.kind(ours);
  const BtfKind b = target.kind(theirs);
  return a == b || (is_enum(a) && is_enum(b));
}

bool fields_compatible(const Btf& local, BtfId ours, const Btf& target, BtfId theirs) {
  for (;;) {
    ours = local.resolve(ours);
    theirs = target.resolve(theirs);
    if (is_composite(local.kind(ours)) && is_composite(target.kind(theirs))) return true;
    if (!kinds_compatible(local, ours, target, theirs)) return false;
    switch (local.kind(ours)) {
      case BtfKind::kPointer:
      case BtfKind::kFloat:
        return true;
      case BtfKind::kForward:
      case BtfKind::kEnum:
      case BtfKind::kEnum64:
        return names_go_together(local.type(ours).name, target.type(theirs).name);
      case BtfKind::kInt:
        return is_plain_integer(local, ours) && is_plain_integer(target, theirs);
      case BtfKind::kArray:
        ours = local.array(ours).element;
        theirs = target.array(theirs).element;
        break;
      default:
        return false;
    }
  }
}

}  // namespace weir::object
