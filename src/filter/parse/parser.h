// The parser: a loop over an explicit stack, so that no input can exhaust the machine's.
//
// It alternates between two places: before an operand, where the mode says what may stand, and
// behind one, where the next token says what has to be applied before it. What is still open lies
// on the stack. Only parse() in filter/ast.h is for others.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "filter/ast.h"
#include "filter/parse/modes.h"
#include "filter/parse/syntax.h"

namespace weir::filter {

// The qualifiers that an id takes over from the one before it.
struct Inherited {
  enum class State : std::uint8_t {
    kNone,     // there are none: an id by itself is an error
    kKnown,    // these
    kUnknown,  // there was an error: an id by itself means nothing, and is not reported again
  };
  State state = State::kNone;
  ast::Qualifiers qualifiers;
  std::uint32_t head = 0;
};

struct Operand {
  enum class What : std::uint8_t {
    kNumber,  // a value, or an id: what follows decides; has no node yet
    kValue,   // of arithmetic
    kTest,
    kId,      // an id or a group of ids: a test that may stand behind qualifiers
    kBroken,  // stands for any; an error was reported
  };
  What what = What::kBroken;
  diag::SourceRange range;  // with parentheses and qualifiers
  NodeId node = 0;
  std::uint32_t number = 0;
  Inherited inherited;  // what an id behind it takes over
};

// Something open: what was read of it, and what held where it began.
struct Frame {
  enum class What : std::uint8_t {
    kAnd,
    kOr,
    kNot,
    kHead,
    kGroup,
    kScope,
    kIndex,
    kNegate,
    kBinary,
    kRelation
  };
  What what;
  diag::SourceRange begin;  // of the token that opened it
  Mode mode = Mode::kTest;  // outside
  Inherited inherited{};    // outside
  Operand left{};           // kAnd, kOr, kBinary, kRelation
  std::uint8_t op = 0;      // kBinary: ArithOp, kRelation: RelOp, kIndex: Proto
  NodeId opening = 0;       // kScope
};

class Parser {
 public:
  explicit Parser(Syntax& syntax) : s_(syntax) { stack_.reserve(16); }

  void run();

 private:
  // Before an operand (operands.cpp).
  void read_operand();
  void read_test();
  void read_number();
  void read_name();
  void list_without_braces();
  static std::optional<Encap> scope_word(std::string_view name);
  NodeId scope_opening(Encap encap);
  bool allowed_addition();
  void finish(const Operand& operand);
  void finish_value(NodeId node, diag::SourceRange range);
  void finish_test(std::optional<NodeId> node);

  // Ids and their qualifiers (ids.cpp).
  void read_id();
  std::optional<ast::NodeData> id_data();
  std::optional<ast::NodeData> ip4_data(diag::SourceRange address);
  std::optional<std::uint32_t> prefix_length();
  void read_set();
  void finish_id(diag::SourceRange range, const ast::NodeData& data);
  void read_qualified();
  NodeId join_node(diag::SourceRange begin, const ast::NodeData& data);
  bool read_direction(ast::Qualifiers& q);
  bool read_type(ast::Qualifiers& q);

  // Opening and closing (parser.cpp).
  void open(Frame frame, Mode inside);
  void open_not();
  void open_group();
  void open_index(Proto proto);
  void open_head(diag::SourceRange range, const ast::Qualifiers& q);
  void open_scope(NodeId opening);
  void close_group();
  void close_scope();
  void close_index();
  void close_all();

  // Behind an operand (reduce.cpp).
  void go_on();
  bool holds_value() const;
  bool top_is(Frame::What what) const;
  void open_binary(ArithOp op);
  bool open_relation(RelOp op);
  void apply_arithmetic(std::optional<ArithOp> next);
  NodeId value_node();
  void become(Operand::What what, diag::SourceRange range, NodeId node);
  Frame pop();
  void apply_negate();
  void apply_binary();
  void apply_relation();
  void settle(TokenKind next);
  void settle_value(TokenKind next);
  void settle_number();
  void apply_not();
  void apply_head();
  void open_connective(Frame::What what);
  void apply_connective();

  // Errors, and going on behind them (recover.cpp).
  void not_closed(const Frame& frame);
  void closes_nothing();
  Operand broken(diag::SourceRange range);
  void no_operand();
  void not_joined();
  void break_off();
  static bool holds_others(Frame::What what);
  void skip(bool group, bool scope);
  void too_deep(diag::SourceRange at);
  void too_many_nodes();

  Syntax& s_;
  std::vector<Frame> stack_;
  Operand operand_;      // when behind_operand_
  Inherited inherited_;  // for an id at this place
  Mode mode_ = Mode::kTest;
  bool behind_operand_ = false;
  bool done_ = false;
};

}  // namespace weir::filter
