// An object as text, for people and for tests of text: maps, what it needs of the kernel, and each
// program with what its instructions stand for.
#pragma once

#include <string>

#include "object/object.h"

namespace weir::object {

// A line a map and an extern, and the listings of the programs:
//
//   map counts: array, key 4, value 8, 256 entries
//   extern bpf_prog_put: variable
//   program count: socket_filter, section `socket`
//      0: (18) r1 = map[fd:0]             ; counts
//      2: (85) call bpf_map_lookup_elem#1
//   function helper, from slot 0 of section `.text`
//      3: ...
std::string format_object(const Object& object);

}  // namespace weir::object
