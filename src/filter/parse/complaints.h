// What the parser says when it cannot go on: one diagnostic a call, as near to what was meant as
// the tokens around tell. Quiet about what the lexer has reported already.
#pragma once

#include "filter/parse/modes.h"
#include "filter/parse/syntax.h"

namespace weir::filter {

// The next token cannot begin what `mode` asks for. `head` is the qualifiers right before it, empty
// when there are none.
void complain_no_operand(Syntax& syntax, Mode mode, diag::SourceRange head);

// A name, number or address stands where it inherits no qualifiers; the next token for names and
// addresses, `range` for numbers that were read.
void complain_no_qualifier(Syntax& syntax, diag::SourceRange range);

// The next token cannot follow what is complete at `done`.
void complain_not_joined(Syntax& syntax, diag::SourceRange done);

// The same inside of an index, or of parentheses that can hold a number or a value only.
void complain_inside(Syntax& syntax, Mode mode, diag::SourceRange done);

// Arithmetic at `value` is compared with nothing.
void complain_no_comparison(Syntax& syntax, diag::SourceRange value);

// `src dst`, `src proto`: the next token cannot follow the qualifiers at `head`.
void complain_direction(Syntax& syntax, diag::SourceRange head);

// A field of another filter language at the next tokens, `tcp.port == 80`: says how it is written
// here. False when there is none, and nothing was said.
bool complain_other_language(Syntax& syntax);

// A word that begins an addition of weir's at the next token, without what belongs behind it: says
// what does. False when there is none, and nothing was said.
bool complain_addition(Syntax& syntax);

}  // namespace weir::filter
