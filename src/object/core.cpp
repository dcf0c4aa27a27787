#include "object/core.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "diag/quote.h"
#include "object/c_type.h"
#include "object/core_compat.h"
#include "object/core_patch.h"
#include "object/core_words.h"

namespace weir::object {

CoreRelocator::CoreRelocator(const Btf& local, const Btf& target, std::string target_name)
    : local_(local), target_(target), target_name_(std::move(target_name)) {}

std::vector<BtfId>& CoreRelocator::candidates(BtfId local_type) {
  const auto [place, added] = candidates_.try_emplace(local_type);
  if (added) {
    place->second = target_.find_flavors(local_.type(local_type).name);
    std::erase_if(place->second,
                  [&](BtfId id) { return !kinds_compatible(local_, local_type, target_, id); });
  }
  return place->second;
}

Result<CoreMatch> CoreRelocator::match(const CoreSpec& spec, BtfId candidate) const {
  if (core_kind_info(spec.kind).subject != CoreSubject::kType) {
    return match_core_spec(local_, spec, target_, candidate);
  }
  const auto fits = spec.kind == CoreKind::kTypeMatches
                        ? types_match(local_, spec.root, target_, candidate)
                        : types_compatible(local_, spec.root, target_, candidate);
  if (!fits) return std::unexpected(fits.error());
  if (!*fits) return CoreMiss{.reason = CoreMissReason::kOtherType, .found = candidate};
  return CoreSpec{.root = candidate, .kind = spec.kind};
}

std::unexpected<Error> CoreRelocator::ambiguous(const CoreSpec& spec, const Match& one,
                                                const Match& other) const {
  const bool elsewhere = one.spec.bit_offset != other.spec.bit_offset;
  const auto says = [&](const Match& match) {
    return fmt::format("type {} ({}) {} {}", match.spec.root,
                       diag::quote(c_spelling(target_, match.spec.root)),
                       elsewhere ? "has it at bit" : "gives",
                       elsewhere ? match.spec.bit_offset : match.value.value);
  };
  return fail(fmt::format("{} is ambiguous in {}: {}, {}", core_question(local_, spec),
                          target_name_, says(one), says(other)),
              "look for it in a type with all the members that only one of them has");
}

Result<CoreRelocator::Answer> CoreRelocator::answer(const CoreSpec& spec) {
  const auto ours = core_value(local_, spec.kind, &spec);
  if (!ours) return std::unexpected(ours.error());
  Answer out = {.ours = *ours, .theirs = {}, .miss = {CoreMissReason::kOtherType}};
  std::vector<BtfId>& all = candidates(spec.root);
  std::vector<BtfId> matching;
  Match first;
  for (const BtfId candidate : all) {
    const auto tried = match(spec, candidate);
    if (!tried) return std::unexpected(tried.error());
    if (const auto* miss = std::get_if<CoreMiss>(&*tried)) {
      if (out.near == kVoidId || miss->step > out.miss.step) {
        out.miss = *miss;
        out.near = candidate;
      }
      continue;
    }
    Match found = {.spec = std::get<CoreSpec>(*tried), .value = {}};
    const auto value = core_value(target_, spec.kind, &found.spec);
    if (!value) return std::unexpected(value.error());
    found.value = *value;
    if (matching.empty()) {
      first = found;
    } else if (found.spec.bit_offset != first.spec.bit_offset ||
               found.value.value != first.value.value) {
      return ambiguous(spec, first, found);
    }
    matching.push_back(candidate);
  }
  out.theirs = first.value;
  if (matching.empty()) {
    out.theirs = *core_value(target_, spec.kind, nullptr);
  } else {
    all = std::move(matching);
  }
  return out;
}

CoreOutcome CoreRelocator::poison(std::span<isa::ExtendedInsn> code, std::size_t slot,
                                  const CoreSpec& spec, const Answer& answer) const {
  poison_insn(code, slot);
  Error error =
      answer.theirs.absent
          ? core_absence(local_, spec, target_, target_name_, answer.near, answer.miss)
          : core_other_size(local_, spec, answer.ours, target_, target_name_, answer.theirs);
  return {.before = answer.ours.value,
          .poisoned = true,
          .reason = std::move(error.message),
          .hint = std::move(error.hint)};
}

Result<CoreOutcome> CoreRelocator::rewrite(std::span<isa::ExtendedInsn> code, std::size_t slot,
                                           const CoreSpec& spec, const Answer& answer) const {
  const CoreValue& ours = answer.ours;
  const CoreValue& theirs = answer.theirs;
  if (theirs.absent) return poison(code, slot, spec, answer);
  const bool other_size = accesses_memory(code[slot]) && ours.bytes != theirs.bytes;
  const bool wrong = other_size && !may_change_size(local_, ours, target_, theirs);
  CorePatch patch = {.before = ours.value,
                     .after = theirs.value,
                     .check = ours.certain,
                     .bytes_before = ours.bytes,
                     .bytes_after = theirs.bytes};
  // Even what is to be poisoned must be what the record says it is.
  if (wrong) patch.bytes_after = patch.bytes_before;
  if (auto patched = patch_insn(code, slot, patch); !patched) {
    Error error = std::move(patched.error());
    error.message = fmt::format("{}: {}", core_question(local_, spec), error.message);
    return std::unexpected(std::move(error));
  }
  if (wrong) return poison(code, slot, spec, answer);
  return CoreOutcome{.before = ours.value, .after = theirs.value};
}

Result<CoreOutcome> CoreRelocator::relocate(std::span<isa::ExtendedInsn> code, std::size_t slot,
                                            const CoreRecord& record) {
  if (slot >= code.size()) {
    return fail(fmt::format("a relocation is about instruction {} of {}", slot, code.size()),
                "was the object damaged");
  }
  if (!local_.has(record.type) || record.type == kVoidId) {
    return fail(
        fmt::format("a relocation is about type {} of {}", record.type, local_.type_count()),
        "was the object damaged");
  }
  const auto spec = read_core_spec(local_, record);
  if (!spec) return std::unexpected(spec.error());
  if (record.kind == CoreKind::kTypeIdLocal) {
    const Answer own = {.ours = {.value = record.type, .certain = false},
                        .theirs = {.value = record.type},
                        .miss = {CoreMissReason::kOtherType}};
    return rewrite(code, slot, *spec, own);
  }
  if (local_.type(record.type).name.empty()) {
    return fail(
        fmt::format("{} cannot be looked for: the type has no name", core_question(local_, *spec)),
        "give the struct, union or enum a name");
  }
  const auto found = answer(*spec);
  if (!found) return std::unexpected(found.error());
  return rewrite(code, slot, *spec, *found);
}

}  // namespace weir::object
