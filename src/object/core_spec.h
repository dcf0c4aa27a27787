// What a CO-RE relocation is about, as a way through types: in the object's own types it is read
// from the record, in the target's it is found step by step by the names of members.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <weir/result.h>

#include "object/btf.h"
#include "object/core_types.h"

namespace weir::object {

// To a member with a name, to an element of an array, or to an enumerator.
struct CoreStep {
  BtfId type;               // the struct or union with the member, the enum; the element's own type
  std::uint32_t index;      // of the member, element or enumerator
  std::string_view name{};  // empty: an element
};

struct CoreSpec {
  BtfId root = kVoidId;
  CoreKind kind = CoreKind::kFieldOffset;
  // The first of a field is the root as an element of an array; none where a type is meant.
  std::vector<CoreStep> steps{};
  std::uint64_t bit_offset = 0;  // of the field in the root
};

// Why a type of the target does not have what is looked for.
enum class CoreMissReason : std::uint8_t {
  kOtherType,
  kNoMember,
  kOtherMember,  // a member with that name, which cannot stand for the one that is looked for
  kNotComposite,
  kNotArray,
  kArrayTooShort,
  kNotEnum,
  kNoEnumerator,
};

struct CoreMiss {
  CoreMissReason reason;
  std::size_t step = 0;   // which one failed
  BtfId found = kVoidId;  // the target's type that was looked into, or that of the other member
};

using CoreMatch = std::variant<CoreSpec, CoreMiss>;

// The way that the record describes. Fails when the object's types have none such.
Result<CoreSpec> read_core_spec(const Btf& btf, const CoreRecord& record);

// The same way in `target` from its type `candidate` on. REQUIRES: `spec` is of `local`, and is a
// field's or an enumerator's. Fails when a size cannot be computed, or unions nest too deeply.
Result<CoreMatch> match_core_spec(const Btf& local, const CoreSpec& spec, const Btf& target,
                                  BtfId candidate);

// Moves the spec's offset by `count` values of the type. Fails when that is further than memory
// reaches, or the type has no size.
Result<> advance_spec(const Btf& btf, CoreSpec& spec, BtfId type, std::uint32_t count);

// "task_struct.cpus[3].mask", up to and including the step `last`.
std::string core_path(const Btf& btf, const CoreSpec& spec, std::size_t last = ~std::size_t{0});

// Whether an array without a length is the last member of what the step before led to, and so goes
// on behind it.
bool is_flexible_array(const Btf& btf, const CoreStep& before, const BtfArray& array);

}  // namespace weir::object
