// Source, destination, or a combination of them.
#pragma once

#include <cstddef>

#include "filter/lower/conditions.h"
#include "filter/vocabulary.h"

namespace weir::filter::lower {

// `one(true)` asks the source, `one(false)` the destination. REQUIRES: dir is kNone to kSrcAndDst.
template <typename One>
ConditionId at_ends(Conditions& conditions, Dir dir, One one) {
  if (dir == Dir::kSrc) return one(true);
  if (dir == Dir::kDst) return one(false);
  const ConditionId source = one(true);
  const ConditionId destination = one(false);
  return dir == Dir::kSrcAndDst ? conditions.both(source, destination)
                                : conditions.either(source, destination);
}

inline bool is_either_end(Dir dir) { return dir == Dir::kNone || dir == Dir::kSrcOrDst; }

// Several alternatives, each of which may stand at any end that `dir` names, asked as
// `A at source or A at destination or B at source ...` asks them. `some(source, from, to)` asks
// whether an end is one of the alternatives [from, to); `field(source)` is what it reads.
//
// The order matters for a packet that is cut off between the ends: the first alternative matches at
// the source without a look at the destination, the others do not.
template <typename Some, typename Field>
ConditionId any_at_ends(Conditions& conditions, Dir dir, std::size_t count, Some some,
                        Field field) {
  if (dir == Dir::kSrc || dir == Dir::kDst) return some(dir == Dir::kSrc, 0, count);
  if (is_either_end(dir)) {
    if (count == 1) return conditions.either(some(true, 0, 1), some(false, 0, 1));
    const ConditionId others =
        conditions.both(some(true, 1, count), conditions.guard(field(false)));
    return conditions.either(some(true, 0, 1), others, some(false, 0, count));
  }
  ConditionId all = conditions.both(some(true, 0, 1), some(false, 0, 1));
  for (std::size_t i = 1; i < count; ++i) {
    all = conditions.either(all, conditions.both(some(true, i, i + 1), some(false, i, i + 1)));
  }
  return all;
}

}  // namespace weir::filter::lower
