// An object as text, for people and for tests of text: maps, what it needs of the kernel, and each
// program with what its instructions stand for.
#pragma once

#include <string>

#include <weir/result.h>

#include "isa/extended_table.h"
#include "object/object.h"

namespace weir::object {

// A line a map and an extern, and the listings of the programs, with the source lines that code was
// made from, where the object tells them, and what instructions stand for:
//
//   license GPL
//   map counts: array, key 4, value 8, 256 entries
//   extern bpf_prog_put: variable
//
//   program count: socket_filter, section `socket`
//   ; value = bpf_map_lookup_elem(&counts, &key); @ count.bpf.c:12
//   ; counts
//      0: (18) r1 = map[fd:0]
//      2: (85) call bpf_map_lookup_elem#1
//   ; function helper, from slot 0 of section `.text`
//      3: ...
//
// Fails when what the object says of its source lines is broken.
Result<std::string> format_object(const Object& object,
                                  isa::ExtendedStyle style = isa::ExtendedStyle::kVerifier);

}  // namespace weir::object
