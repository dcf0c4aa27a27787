// What the hello packets of both versions of OSPF have in common.
#pragma once

#include "packet/print/field.h"
#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ospf {

// The router at `at` behind its title, unless there is none.
void print_router(Line& line, const View& body, std::size_t at, std::string_view title);
// The first of `list`.
void print_neighbor(Line& line, const View& list, const Field& field);

}  // namespace weir::packet::ospf
