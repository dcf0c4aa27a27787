// Primitives that begin with a word of their own (`less 64`, `vlan 5`, `llc u`, `tcp.flags syn`),
// each read by a function that needs no stack.
#pragma once

#include <optional>

#include "filter/parse/syntax.h"

namespace weir::filter {

// Reads the primitive that the next token begins. nullopt when an error was reported.
// REQUIRES begins_primitive(next token's kind).
bool begins_primitive(TokenKind kind);
std::optional<NodeId> parse_primitive(Syntax& syntax);

// `type`, `subtype` and `dir` of 802.11, which may have a protocol before them that means nothing.
bool begins_wlan(TokenKind kind);
std::optional<NodeId> parse_wlan(Syntax& syntax, diag::SourceRange begin);

// Frames of 802.2, and of link types that weir does not support.
std::optional<NodeId> parse_llc(Syntax& syntax);
std::optional<NodeId> parse_packet_filter(Syntax& syntax);
std::optional<NodeId> parse_atm_type(Syntax& syntax);
std::optional<NodeId> parse_atm_field(Syntax& syntax);
std::optional<NodeId> parse_mtp_type(Syntax& syntax);
std::optional<NodeId> parse_mtp_field(Syntax& syntax);

// weir's own, by the name that begins them.
std::optional<NodeId> parse_flags(Syntax& syntax);
std::optional<NodeId> parse_payload_match(Syntax& syntax);

// The elements of `{80, 443}` or `@file`, into Ast::items; the next token is the brace or the file.
std::optional<PoolSpan> parse_list(Syntax& syntax);
inline bool begins_list(TokenKind kind) {
  return kind == TokenKind::kLeftBrace || kind == TokenKind::kListFile;
}

// A number in any number of parentheses: `5`, `((5))`. nullopt without an error when the next token
// is neither.
struct NumberInParens {
  std::uint32_t value;
};
std::optional<NumberInParens> parse_number_in_parens(Syntax& syntax);

}  // namespace weir::filter
