// The number that a CO-RE relocation asks for, computed from a way through types: with the object's
// own types it is what the compiler has put into the instruction, with the target's what belongs
// there.
#pragma once

#include <cstdint>

#include <weir/result.h>

#include "object/btf.h"
#include "object/core_spec.h"

namespace weir::object {

struct CoreValue {
  std::uint64_t value = 0;
  bool absent = false;      // the target has nothing to answer with
  bool certain = true;      // the compiler can have had no other value
  std::uint64_t bytes = 0;  // of the field, where the value is the offset of an access to memory
  BtfId type = kVoidId;     // of the field, likewise; without typedefs
};

// `spec` is null when the target has no such thing. Fails when the question makes no sense for what
// the way leads to (the sign of an element), or a bit-field is too wide to be read.
Result<CoreValue> core_value(const Btf& btf, CoreKind kind, const CoreSpec* spec);

// Whether an access to memory of the one size can become one of the other, the value staying right:
// pointers, and integers without a sign.
bool may_change_size(const Btf& local, const CoreValue& ours, const Btf& target,
                     const CoreValue& theirs);

}  // namespace weir::object
