// Random filter expressions over the whole language, with constants that generated packets hold.
#pragma once

#include <string>

#include <weir/link_type.h>

#include "diff/filter/choices.h"

namespace weir::difftest {

// Well-formed in grammar; libpcap may still refuse it (`mpls and vlan`): the caller drops those.
std::string generate_expression(LinkType link_type, Choices& choices);

// Tokens of the language in no order: mostly refused, and both compilers must agree on it.
std::string generate_token_soup(Choices& choices);

}  // namespace weir::difftest
