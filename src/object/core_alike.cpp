// The two comparisons of whole types. Types refer to each other in circles, so both walk pairs of
// types with a stack of their own, whose depth and steps are bounded.
#include <optional>
#include <vector>

#include "object/core_compat.h"

namespace weir::object {
namespace {

constexpr std::size_t kMaxDepth = 32;  // libbpf's
constexpr int kMaxComparisons = 1'000'000;

struct Pair {
  BtfId ours;
  BtfId theirs;
  bool behind_pointer = false;
};

// What comparing two types by themselves says; they may leave parts that decide.
enum class Verdict : std::uint8_t { kNo, kYes, kNext, kParts };

// A pair whose parts are being compared: part `row` of ours with part `other` of theirs. The return
// type of a prototype is its last part.
struct ComparedParts {
  Pair pair;
  std::uint32_t row = 0;
  std::uint32_t other = 0;
};

class Comparison {
 public:
  Comparison(const Btf& local, const Btf& target) : local_(local), target_(target) {}
  virtual ~Comparison() = default;

  Result<bool> compare(Pair pair);

 protected:
  // Compares the two; kNext: `pair` has been replaced by the one that decides.
  virtual Verdict judge(Pair& pair) const = 0;

  bool same_kind(const Pair& pair) const {
    return local_.kind(pair.ours) == target_.kind(pair.theirs);
  }
  bool essential_names_equal(std::string_view ours, std::string_view theirs) const {
    return essential_name(ours) == essential_name(theirs);
  }
  void to_targets(Pair& pair) const {
    pair.ours = local_.type(pair.ours).target;
    pair.theirs = target_.type(pair.theirs).target;
  }
  void to_elements(Pair& pair) const {
    pair.ours = local_.array(pair.ours).element;
    pair.theirs = target_.array(pair.theirs).element;
  }

  const Btf& local_;
  const Btf& target_;

 private:
  // Follows pointers and arrays; nullopt: the pair has parts, or leads too far.
  std::optional<bool> follow(Pair& pair);
  // The next pair of parts; nullopt when there is none, and `verdict` is that of the whole.
  std::optional<Pair> next_part(ComparedParts& frame, bool& verdict) const;
  std::optional<Pair> next_member(ComparedParts& frame, bool& verdict) const;
  // Takes note of what the current parts came to; false: the whole does not match.
  bool take(ComparedParts& frame, bool alike) const;

  int steps_ = 0;
  bool too_deep_ = false;
};

std::optional<bool> Comparison::follow(Pair& pair) {
  for (std::size_t i = 0; i < kMaxDepth && ++steps_ < kMaxComparisons; ++i) {
    pair.ours = local_.resolve(pair.ours);
    pair.theirs = target_.resolve(pair.theirs);
    const Verdict verdict = judge(pair);
    if (verdict == Verdict::kParts) return std::nullopt;
    if (verdict != Verdict::kNext) return verdict == Verdict::kYes;
  }
  too_deep_ = true;
  return std::nullopt;
}

std::optional<Pair> Comparison::next_member(ComparedParts& frame, bool& verdict) const {
  const auto ours = local_.members(frame.pair.ours);
  const auto theirs = target_.members(frame.pair.theirs);
  verdict = frame.row == ours.size();
  if (verdict) return std::nullopt;
  while (frame.other < theirs.size() &&
         !essential_names_equal(ours[frame.row].name, theirs[frame.other].name)) {
    ++frame.other;
  }
  if (frame.other == theirs.size()) return std::nullopt;
  return Pair{.ours = ours[frame.row].type,
              .theirs = theirs[frame.other].type,
              .behind_pointer = frame.pair.behind_pointer};
}

std::optional<Pair> Comparison::next_part(ComparedParts& frame, bool& verdict) const {
  if (local_.kind(frame.pair.ours) != BtfKind::kPrototype) return next_member(frame, verdict);
  const auto ours = local_.parameters(frame.pair.ours);
  const auto theirs = target_.parameters(frame.pair.theirs);
  Pair part = frame.pair;
  verdict = frame.row > ours.size();
  if (verdict) return std::nullopt;
  if (frame.row == ours.size()) {
    to_targets(part);
  } else {
    part.ours = ours[frame.row].type;
    part.theirs = theirs[frame.row].type;
  }
  return part;
}

bool Comparison::take(ComparedParts& frame, bool alike) const {
  const bool prototype = local_.kind(frame.pair.ours) == BtfKind::kPrototype;
  if (!alike && prototype) return false;
  // Of several members with the same name (or none) one is enough.
  if (!alike) {
    ++frame.other;
    return true;
  }
  ++frame.row;
  frame.other = 0;
  return true;
}

Result<bool> Comparison::compare(Pair pair) {
  std::vector<ComparedParts> stack;
  std::optional<bool> result = follow(pair);
  while (!too_deep_) {
    if (!result) {
      if (stack.size() == kMaxDepth) break;
      stack.push_back({.pair = pair});
    } else {
      if (stack.empty()) return *result;
      if (!take(stack.back(), *result)) {
        stack.pop_back();
        continue;
      }
    }
    bool verdict = false;
    const auto part = next_part(stack.back(), verdict);
    if (!part) {
      stack.pop_back();
      result = verdict;
      continue;
    }
    pair = *part;
    result = follow(pair);
  }
  return fail("the types nest too deeply to be compared");
}

class Likeness final : public Comparison {
 public:
  using Comparison::Comparison;

 protected:
  Verdict judge(Pair& pair) const override {
    if (!kinds_compatible(local_, pair.ours, target_, pair.theirs)) return Verdict::kNo;
    switch (local_.kind(pair.ours)) {
      case BtfKind::kVoid:
      case BtfKind::kStruct:
      case BtfKind::kUnion:
      case BtfKind::kEnum:
      case BtfKind::kForward:
      case BtfKind::kEnum64:
        return Verdict::kYes;
      case BtfKind::kInt:
        return fields_compatible(local_, pair.ours, target_, pair.theirs) ? Verdict::kYes
                                                                          : Verdict::kNo;
      case BtfKind::kPointer:
        to_targets(pair);
        return Verdict::kNext;
      case BtfKind::kArray:
        to_elements(pair);
        return Verdict::kNext;
      case BtfKind::kPrototype:
        return local_.type(pair.ours).count == target_.type(pair.theirs).count ? Verdict::kParts
                                                                               : Verdict::kNo;
      default:
        return Verdict::kNo;
    }
  }
};

class Match final : public Comparison {
 public:
  using Comparison::Comparison;

 protected:
  Verdict judge(Pair& pair) const override {
    const BtfType& ours = local_.type(pair.ours);
    const BtfType& theirs = target_.type(pair.theirs);
    if (!essential_names_equal(ours.name, theirs.name)) return Verdict::kNo;
    switch (ours.kind) {
      case BtfKind::kVoid:
        return said(same_kind(pair));
      case BtfKind::kForward:
        return said(forward_matches(pair, ours, theirs));
      case BtfKind::kEnum:
      case BtfKind::kEnum64:
        return said(is_enum(theirs.kind) && enums_match(pair));
      case BtfKind::kStruct:
      case BtfKind::kUnion:
        return composite(pair, ours, theirs);
      case BtfKind::kInt:
        return said(same_kind(pair) && ours.size == theirs.size &&
                    local_.integer(pair.ours).is_signed == target_.integer(pair.theirs).is_signed);
      case BtfKind::kPointer:
        if (!same_kind(pair)) return Verdict::kNo;
        pair.behind_pointer = true;
        to_targets(pair);
        return Verdict::kNext;
      case BtfKind::kArray:
        if (!same_kind(pair)) return Verdict::kNo;
        if (local_.array(pair.ours).count != target_.array(pair.theirs).count) return Verdict::kNo;
        to_elements(pair);
        return Verdict::kNext;
      case BtfKind::kPrototype:
        return same_kind(pair) && ours.count == theirs.count ? Verdict::kParts : Verdict::kNo;
      default:
        return Verdict::kNo;
    }
  }

 private:
  static Verdict said(bool yes) { return yes ? Verdict::kYes : Verdict::kNo; }

  static bool forward_matches(const Pair& pair, const BtfType& ours, const BtfType& theirs) {
    if (theirs.kind == BtfKind::kForward) return ours.flag == theirs.flag;
    const BtfKind declared = ours.flag ? BtfKind::kUnion : BtfKind::kStruct;
    return pair.behind_pointer && theirs.kind == declared;
  }

  bool enums_match(const Pair& pair) const {
    const auto ours = local_.enumerators(pair.ours);
    const auto theirs = target_.enumerators(pair.theirs);
    if (local_.type(pair.ours).size != target_.type(pair.theirs).size) return false;
    return std::ranges::all_of(ours, [&](const BtfEnumerator& mine) {
      return std::ranges::any_of(theirs, [&](const BtfEnumerator& other) {
        return essential_names_equal(mine.name, other.name);
      });
    });
  }

  static Verdict composite(const Pair& pair, const BtfType& ours, const BtfType& theirs) {
    if (pair.behind_pointer) {
      if (ours.kind == theirs.kind) return Verdict::kYes;
      const bool is_union = ours.kind == BtfKind::kUnion;
      return said(theirs.kind == BtfKind::kForward && theirs.flag == is_union);
    }
    if (ours.kind != theirs.kind || ours.count > theirs.count) return Verdict::kNo;
    return Verdict::kParts;
  }
};

}  // namespace

Result<bool> types_compatible(const Btf& local, BtfId ours, const Btf& target, BtfId theirs) {
  // The outermost typedefs count as kinds themselves.
  if (!kinds_compatible(local, ours, target, theirs)) return false;
  return Likeness(local, target).compare({.ours = ours, .theirs = theirs});
}

Result<bool> types_match(const Btf& local, BtfId ours, const Btf& target, BtfId theirs) {
  return Match(local, target).compare({.ours = ours, .theirs = theirs});
}

}  // namespace weir::object
