// What a CO-RE relocation looked for and did not find, in words.
#pragma once

#include <string>
#include <string_view>

#include <weir/result.h>

#include "object/core_spec.h"
#include "object/core_value.h"

namespace weir::object {

// "the offset of `task_struct.pid`"
std::string core_question(const Btf& local, const CoreSpec& spec);

// Why the target has no answer; the error's hint names what may be meant. `near` is the type that
// came nearest and `miss` what it lacks; with kVoidId no type has the name.
Error core_absence(const Btf& local, const CoreSpec& spec, const Btf& target,
                   std::string_view target_name, BtfId near, const CoreMiss& miss);

// Why an access to memory cannot change its size from the one field to the other.
Error core_other_size(const Btf& local, const CoreSpec& spec, const CoreValue& ours,
                      const Btf& target, std::string_view target_name, const CoreValue& theirs);

}  // namespace weir::object
