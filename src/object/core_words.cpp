#include "object/core_words.h"

#include <fmt/format.h>

#include "base/suggest.h"
#include "diag/quote.h"
#include "object/c_type.h"
#include "object/core_members.h"

namespace weir::object {
namespace {

std::string quoted_type(const Btf& btf, BtfId id) { return diag::quote(c_spelling(btf, id)); }

// Where the step that failed began: what the target has there.
std::string before_step(const Btf& local, const CoreSpec& spec, std::size_t step) {
  return diag::quote(step == 0 ? c_spelling(local, spec.root) : core_path(local, spec, step - 1));
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view closest = closest_word(word, candidates);
  return closest.empty() ? std::string() : "did you mean " + diag::quote(closest);
}

std::vector<std::string_view> enumerator_names(const Btf& btf, BtfId id) {
  std::vector<std::string_view> out;
  for (const BtfEnumerator& row : btf.enumerators(id)) out.push_back(row.name);
  return out;
}

// What the nearest type has at the step that failed.
struct Finding {
  std::string message;
  std::string hint;
};

Finding describe_miss(const Btf& local, const CoreSpec& spec, const Btf& target,
                      std::string_view target_name, const CoreMiss& miss) {
  const bool has_step = miss.step < spec.steps.size();
  const CoreStep step = has_step ? spec.steps[miss.step] : CoreStep{};
  const std::string theirs = quoted_type(target, miss.found);
  switch (miss.reason) {
    case CoreMissReason::kNoMember:
      return {fmt::format("{} has no member {} in {}", theirs, diag::quote(step.name), target_name),
              did_you_mean(step.name, member_names(target, miss.found))};
    case CoreMissReason::kOtherMember:
      return {fmt::format("{} is {} in the object and {} in {}",
                          diag::quote(core_path(local, spec, miss.step)),
                          quoted_type(local, local.members(step.type)[step.index].type), theirs,
                          target_name),
              fmt::format("declare it as the target has it, in a type called `{}___new`",
                          essential_name(local.type(spec.root).name))};
    case CoreMissReason::kNotComposite:
      return {fmt::format("{} is {} in {}, not a struct or union",
                          before_step(local, spec, miss.step), theirs, target_name),
              {}};
    case CoreMissReason::kNotArray:
      return {fmt::format("{} is {} in {}, not an array", before_step(local, spec, miss.step),
                          theirs, target_name),
              {}};
    case CoreMissReason::kArrayTooShort:
      return {fmt::format("{} is {} in {}, which has no [{}]", before_step(local, spec, miss.step),
                          theirs, target_name, step.index),
              {}};
    case CoreMissReason::kNotEnum:
      return {fmt::format("{} is no enum in {}", theirs, target_name), {}};
    case CoreMissReason::kNoEnumerator:
      return {fmt::format("{} has no {} in {}", theirs, diag::quote(step.name), target_name),
              did_you_mean(step.name, enumerator_names(target, miss.found))};
    default:
      return {fmt::format("{} is another type in {}", theirs, target_name), {}};
  }
}

Error in_words(const Btf& local, const CoreSpec& spec, std::string why, std::string hint) {
  Error out;
  out.message = fmt::format("{} is not to be had: {}", core_question(local, spec), why);
  out.hint = std::move(hint);
  return out;
}

}  // namespace

std::string core_question(const Btf& local, const CoreSpec& spec) {
  const CoreKindInfo& facts = core_kind_info(spec.kind);
  std::string subject;
  switch (facts.subject) {
    case CoreSubject::kField:
      subject = core_path(local, spec);
      break;
    case CoreSubject::kType:
      subject = c_spelling(local, spec.root);
      break;
    case CoreSubject::kEnumerator:
      subject = spec.steps.front().name;
      break;
  }
  return fmt::format("{} {}", facts.words, diag::quote(subject));
}

Error core_absence(const Btf& local, const CoreSpec& spec, const Btf& target,
                   std::string_view target_name, BtfId near, const CoreMiss& miss) {
  if (near == kVoidId) {
    return in_words(local, spec,
                    fmt::format("{} has no {}", target_name, quoted_type(local, spec.root)),
                    "ask with bpf_core_type_exists() first");
  }
  Finding finding = describe_miss(local, spec, target, target_name, miss);
  const bool field = core_kind_info(spec.kind).subject == CoreSubject::kField;
  if (finding.hint.empty()) {
    finding.hint =
        fmt::format("ask with bpf_core_{}_exists() first", field ? "field" : "enum_value");
  }
  return in_words(local, spec, std::move(finding.message), std::move(finding.hint));
}

Error core_other_size(const Btf& local, const CoreSpec& spec, const CoreValue& ours,
                      const Btf& target, std::string_view target_name, const CoreValue& theirs) {
  const auto shape = [](const Btf& btf, const CoreValue& value) {
    if (value.type == kVoidId) return std::string("a bit-field");
    return fmt::format("{} of {} byte{}", quoted_type(btf, value.type), value.bytes,
                       value.bytes == 1 ? "" : "s");
  };
  return in_words(
      local, spec,
      fmt::format("the field is {} in the object and {} in {}, and the instruction "
                  "would read a wrong value",
                  shape(local, ours), shape(target, theirs), target_name),
      "read it with bpf_core_read() and bpf_core_field_size(), or BPF_CORE_READ_BITFIELD()");
}

}  // namespace weir::object
