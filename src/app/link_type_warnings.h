// An expression over packets of several link types: what matches nothing of one of them may be
// meant for another, so that there it is a warning.
#pragma once

#include <initializer_list>

#include <weir/link_type.h>

#include "app/failure.h"

namespace weir::app {

// Whether all errors of the failure are of these kinds, and there is one.
bool has_only(const Failure& failure, std::initializer_list<diag::Kind> kinds);
inline bool never_matches(const Failure& failure) {
  return has_only(failure, {diag::Kind::kNeverMatches});
}

// Errors as warnings that name the link type.
Remarks as_warnings(Remarks remarks, LinkType link_type);

}  // namespace weir::app
