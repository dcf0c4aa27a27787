// CO-RE: makes code that was compiled against one kernel's types right for another's. The object
// says which instructions depend on which field, type or enumerator (BtfExt's relocations); the
// relocator looks these up in the target's types and rewrites the instructions, with libbpf's rules
// and results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <weir/result.h>

#include "isa/extended.h"
#include "object/btf.h"
#include "object/core_spec.h"
#include "object/core_value.h"

namespace weir::object {

struct CoreOutcome {
  std::uint64_t before = 0;  // with the object's types
  std::uint64_t after = 0;   // with the target's
  bool poisoned = false;     // the instruction may no longer be reached
  // Why, when poisoned: which field of which type was looked for, and what was found instead.
  std::string reason = {};
  std::string hint = {};
};

// One for an object: of several types that could be meant, those that one relocation has ruled out
// stay so for the next, as with libbpf. The relocations of a section in the order of the object.
class CoreRelocator {
 public:
  // Both must outlive this. `target_name` is how messages call the target: "this kernel".
  CoreRelocator(const Btf& local, const Btf& target, std::string target_name);

  // Rewrites the instruction at `slot`; `code` is changed only on success. Fails when several types
  // of the target answer differently, or the record or the instruction is not as it must be.
  Result<CoreOutcome> relocate(std::span<isa::ExtendedInsn> code, std::size_t slot,
                               const CoreRecord& record);

 private:
  struct Answer {
    CoreValue ours;
    CoreValue theirs;
    CoreMiss miss;         // what came nearest, when nothing matched
    BtfId near = kVoidId;  // the type of the target that it is about
  };

  Result<Answer> answer(const CoreSpec& spec);
  Result<CoreMatch> match(const CoreSpec& spec, BtfId candidate) const;
  std::vector<BtfId>& candidates(BtfId local_type);
  Result<CoreOutcome> rewrite(std::span<isa::ExtendedInsn> code, std::size_t slot,
                              const CoreSpec& spec, const Answer& answer) const;
  CoreOutcome poison(std::span<isa::ExtendedInsn> code, std::size_t slot, const CoreSpec& spec,
                     const Answer& answer) const;
  // Two candidates, and what each answers.
  struct Match {
    CoreSpec spec;
    CoreValue value;
  };
  std::unexpected<Error> ambiguous(const CoreSpec& spec, const Match& one,
                                   const Match& other) const;

  const Btf& local_;
  const Btf& target_;
  std::string target_name_;
  std::map<BtfId, std::vector<BtfId>> candidates_;
};

}  // namespace weir::object
