// Types of BTF as C writes them.
#pragma once

#include <string>
#include <string_view>

#include "object/btf.h"

namespace weir::object {

// "unsigned int", "char[100]", "struct task_struct *", "int (*)(struct sk_buff *, int)". A struct
// without a name is "struct (anonymous)"; parameters of functions that are parameters are "...".
// Cut after some thousand characters. REQUIRES: btf.has(id).
std::string c_spelling(const Btf& btf, BtfId id);

// The same with a name in its place: "char name[100]", "int (*call)(struct sk_buff *)".
std::string c_declaration(const Btf& btf, BtfId id, std::string_view name);

}  // namespace weir::object
