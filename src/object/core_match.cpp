// A relocation's way through the types of the target.
#include "object/core_compat.h"
#include "object/core_members.h"
#include "object/core_spec.h"

namespace weir::object {
namespace {

class SpecMatcher {
 public:
  SpecMatcher(const Btf& local, const CoreSpec& spec, const Btf& target, BtfId candidate)
      : local_(local), spec_(spec), target_(target), at_(candidate) {
    out_.root = candidate;
    out_.kind = spec.kind;
  }

  Result<CoreMatch> enumerator() {
    at_ = target_.resolve(at_);
    if (!is_enum(target_.kind(at_))) return miss(CoreMissReason::kNotEnum, 0, at_);
    const std::string_view wanted = essential_name(spec_.steps[0].name);
    std::uint32_t index = 0;
    for (const BtfEnumerator& row : target_.enumerators(at_)) {
      if (essential_name(row.name) == wanted) {
        out_.steps.push_back({.type = at_, .index = index, .name = row.name});
        return std::move(out_);
      }
      ++index;
    }
    return miss(CoreMissReason::kNoEnumerator, 0, at_);
  }

  Result<CoreMatch> field() {
    for (std::size_t i = 0; i < spec_.steps.size(); ++i) {
      at_ = target_.resolve(at_);
      const CoreStep& step = spec_.steps[i];
      const auto missed = step.name.empty() ? to_element(i, step) : to_member(i, step);
      if (missed) return *missed;
      if (!sizes_) return std::unexpected(sizes_.error());
    }
    return std::move(out_);
  }

 private:
  static CoreMiss miss(CoreMissReason reason, std::size_t step, BtfId found) {
    return {.reason = reason, .step = step, .found = found};
  }

  std::optional<CoreMiss> to_member(std::size_t i, const CoreStep& step) {
    if (!is_composite(target_.kind(at_))) return miss(CoreMissReason::kNotComposite, i, at_);
    const auto found = find_member(target_, at_, step.name);
    if (!found) return miss(CoreMissReason::kNoMember, i, at_);
    const BtfMember& theirs = target_.members(found->owner)[found->index];
    const BtfMember& ours = local_.members(step.type)[step.index];
    if (!fields_compatible(local_, ours.type, target_, theirs.type)) {
      return miss(CoreMissReason::kOtherMember, i, theirs.type);
    }
    out_.steps.push_back({.type = found->owner, .index = found->index, .name = theirs.name});
    out_.bit_offset += found->bit_offset;
    at_ = theirs.type;
    return std::nullopt;
  }

  std::optional<CoreMiss> to_element(std::size_t i, const CoreStep& step) {
    // The root is the element already.
    if (i > 0) {
      if (target_.kind(at_) != BtfKind::kArray) return miss(CoreMissReason::kNotArray, i, at_);
      const BtfArray& array = target_.array(at_);
      if (step.index >= array.count && !is_flexible_array(target_, out_.steps.back(), array)) {
        return miss(CoreMissReason::kArrayTooShort, i, at_);
      }
      at_ = target_.resolve(array.element);
    }
    out_.steps.push_back({.type = at_, .index = step.index});
    sizes_ = advance_spec(target_, out_, at_, step.index);
    return std::nullopt;
  }

  const Btf& local_;
  const CoreSpec& spec_;
  const Btf& target_;
  CoreSpec out_;
  BtfId at_;
  Result<> sizes_;
};

}  // namespace

Result<CoreMatch> match_core_spec(const Btf& local, const CoreSpec& spec, const Btf& target,
                                  BtfId candidate) {
  SpecMatcher matcher(local, spec, target, candidate);
  const bool enumerator = core_kind_info(spec.kind).subject == CoreSubject::kEnumerator;
  return enumerator ? matcher.enumerator() : matcher.field();
}

}  // namespace weir::object
