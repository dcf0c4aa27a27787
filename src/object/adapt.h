// Adapts an object to a kernel: carries out the CO-RE relocations of all its programs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <weir/result.h>

#include "object/btf.h"
#include "object/object.h"

namespace weir::object {

// An instruction that cannot work there. The program can still be loaded if it is never reached.
struct MissingHere {
  std::uint32_t program = 0;  // of Object::programs
  std::uint32_t slot = 0;     // in its code
  std::string place;          // "filter.bpf.c:12"; empty where no line is known
  std::string reason;         // which field of which type was looked for, and what was found
  std::string hint;
};

// Rewrites the code of every program with `autoload`; others stay as compiled, so that what they
// need and the kernel lacks does not matter. To be called once. `target_name` is how messages call
// the target: "this kernel". Fails when types of the target are ambiguous, or .BTF.ext is broken;
// the object is then not to be used.
Result<std::vector<MissingHere>> adapt_object(Object& object, const Btf& target,
                                              const std::string& target_name);

}  // namespace weir::object
