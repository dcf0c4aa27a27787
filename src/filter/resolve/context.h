// What the parts of the resolver share, and how they report.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "diag/diagnostic.h"
#include "diag/quote.h"
#include "filter/compile.h"
#include "filter/resolved.h"

namespace weir::filter {

struct Context {
  std::string_view text;
  const Options& options;
  diag::Diagnostics& diagnostics;
  Resolved& out;
};

// An id in its place.
struct IdPlace {
  ast::Qualifiers qualifiers;
  diag::SourceRange head;   // where the qualifiers were written
  diag::SourceRange range;  // the id

  // The qualifiers stand right before the id, and were not inherited.
  bool is_direct(std::string_view text) const;
  // What to point at when the two do not go together.
  diag::SourceRange whole(std::string_view text) const {
    return is_direct(text) ? diag::SourceRange{head.begin, range.end} : range;
  }
};

// Reports that the id's qualifiers are wrong for it, with a note where inherited ones were written.
void wrong_qualifier(Context& context, const IdPlace& id, std::string message, std::string hint);

// Each checks the qualifiers for one family of ids; false after an error. `what` is the id in a
// hint.
bool check_ip4_qualifiers(Context& context, const IdPlace& id);
bool check_ip6_qualifiers(Context& context, const IdPlace& id);
bool check_port_qualifiers(Context& context, const IdPlace& id);
bool check_ether_qualifiers(Context& context, const IdPlace& id, std::string_view what);
// The directions of IPv4, IPv6, ports and DECnet: not those of 802.11.
bool check_direction(Context& context, const IdPlace& id);

}  // namespace weir::filter
