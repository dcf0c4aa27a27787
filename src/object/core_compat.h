// Whether a type of the target can stand for one of the object: libbpf's rules, which objects are
// written for. Source: libbpf's documentation of CO-RE, and its behaviour (relo_core.c).
#pragma once

#include <weir/result.h>

#include "object/btf.h"

namespace weir::object {

// Of types with the same essential name: of the same kind, both sizes of enum being one.
bool kinds_compatible(const Btf& local, BtfId ours, const Btf& target, BtfId theirs);

// Whether what reads the one field can be made to read the other: structs and unions by name only
// later on, integers of any size, enums of the same name, arrays of such.
bool fields_compatible(const Btf& local, BtfId ours, const Btf& target, BtfId theirs);

// Whether the types are alike: kinds all along, not names or members (bpf_core_type_exists). Fails
// when they nest too deeply to say.
Result<bool> types_compatible(const Btf& local, BtfId ours, const Btf& target, BtfId theirs);

// Whether the target's type has all that the object's has, by name, kind and size
// (bpf_core_type_matches); behind pointers only names count. Fails as above.
Result<bool> types_match(const Btf& local, BtfId ours, const Btf& target, BtfId theirs);

}  // namespace weir::object
