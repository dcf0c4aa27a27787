// The AST: what was written, with the qualifiers that each id inherits already spelled out.
//
// A flat vector in postorder: children stand before their parent and in the order of the text, so
// that a loop over the vector sees what a recursive walk would, and the text's order of
// encapsulations
// (`vlan`, `mpls`, ...) is the vector's order. Parentheses leave no node: the tree has their
// meaning.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diag/diagnostic.h"
#include "filter/nodes.h"
#include "filter/token.h"
#include "filter/vocabulary.h"

namespace weir::filter {

struct Options;

namespace ast {

struct Qualifiers {
  Proto proto = Proto::kNone;
  Dir dir = Dir::kNone;
  IdType type = IdType::kNone;

  friend bool operator==(const Qualifiers&, const Qualifiers&) = default;
};

inline constexpr std::uint32_t kNoPrefix = ~std::uint32_t{0};

// Ids. The node's range is the id alone; `head` is where its qualifiers were written, which for an
// inherited head is before the id's own place.
struct NameId {  // `http`, `\tcp`: the range includes a backslash
  Qualifiers qualifiers;
  std::uint32_t head;  // index into Ast::heads
};
struct NumberId {
  Qualifiers qualifiers;
  std::uint32_t head;
  std::uint32_t value;
};
struct Ip4Id {  // `10.1`, `10.1.2.3`, `10.0.0.0/8`
  Qualifiers qualifiers;
  std::uint32_t head;
  std::uint32_t address_end;  // where the address ends in the text
  std::uint32_t prefix;       // kNoPrefix when none was written
};
struct Ip4MaskId {  // `10.0.0.0 mask 255.0.0.0`
  Qualifiers qualifiers;
  std::uint32_t head;
  std::uint32_t address_end;
  std::uint32_t mask_begin;
};
struct Ip6Id {
  Qualifiers qualifiers;
  std::uint32_t head;
  std::uint32_t address_end;
  std::uint32_t prefix;
};
struct MacId {
  Qualifiers qualifiers;
  std::uint32_t head;
};
struct ArcnetId {
  Qualifiers qualifiers;
  std::uint32_t head;
};
struct SetId {  // `in {80, 443}`, `in @file`
  Qualifiers qualifiers;
  std::uint32_t head;
  PoolSpan items;  // pool `items`
};

// A protocol by itself: `tcp`.
struct Abbreviation {
  Proto proto;
};

// `vlan`, `vlan 5`, `vlan in {5, 7}`; also the opening of a Scope.
struct Encapsulation {
  enum class Form : std::uint8_t { kAny, kNumber, kSet };
  Encap encap;
  Form form;
  std::uint32_t value;  // kNumber
  PoolSpan items;       // kSet; pool `items`
};

using NodeData =
    std::variant<Invalid, And, Or, Not, Scope, NameId, NumberId, Ip4Id, Ip4MaskId, Ip6Id, MacId,
                 ArcnetId, SetId, Abbreviation, Encapsulation, Broadcast, Multicast, LengthTest,
                 ByteTest, DirectionTest, IfIndex, Pppoed, WlanType, WlanDir, LlcTest, FlagTest,
                 PayloadMatch, PfTest, AtmTypeTest, AtmFieldTest, MtpTypeTest, MtpFieldTest,
                 Relation, Constant, PacketLength, Index, Negate, Binary>;

struct Node {
  diag::SourceRange range;  // what was written for it, without the parentheses around
  NodeData data;
};

// One element of a membership list: a piece of the text between commas, or a list file.
struct ListItem {
  diag::SourceRange range;
  bool file = false;  // the range is the `@path` token
};

}  // namespace ast

struct Ast {
  // The last one is the root. Empty: the expression was empty, and matches every packet.
  std::vector<ast::Node> nodes;
  // Pools.
  std::vector<diag::SourceRange> heads;  // the text of qualifiers: `tcp dst port`
  std::vector<ast::ListItem> items;
  std::vector<std::uint32_t> numbers;
  std::vector<FlagClause> flags;
  std::string bytes;

  bool empty() const { return nodes.empty(); }
  NodeId root() const { return static_cast<NodeId>(nodes.size() - 1); }
};

// libpcap's grammar with weir's additions, by a loop over an explicit stack. Goes on after an error
// at the next `and`, `or` or closing bracket, with Invalid in the tree, so that resolve() can look
// at the rest.
Ast parse(const TokenList& tokens, std::string_view text, const Options& options,
          diag::Diagnostics& diagnostics);

// Indented, one node a line, parents first.
std::string print_ast(const Ast& ast, std::string_view text);

}  // namespace weir::filter
