// The parser: a loop over an explicit stack, so that no input can exhaust the machine's.
//
// It alternates between two places: before an operand, where the mode says what may stand, and
// behind one, where the next token says what has to be applied before it. What is still open lies
// on the stack.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "diag/quote.h"
#include "filter/ast.h"
#include "filter/parse/complaints.h"
#include "filter/parse/modes.h"
#include "filter/parse/operators.h"
#include "filter/parse/primitives.h"
#include "filter/parse/syntax.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::SourceRange;

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
  SourceRange range;  // with parentheses and qualifiers
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
  SourceRange begin;        // of the token that opened it
  Mode mode = Mode::kTest;  // outside
  Inherited inherited{};    // outside
  Operand left{};           // kAnd, kOr, kBinary, kRelation
  std::uint8_t op = 0;      // kBinary: ArithOp, kRelation: RelOp, kIndex: Proto
  NodeId opening = 0;       // kScope
};

class Parser {
 public:
  Parser(Syntax& syntax) : s_(syntax) { stack_.reserve(16); }

  void run() {
    while (!done_) {
      if (behind_operand_) {
        go_on();
      } else {
        read_operand();
      }
      if (s_.ast.nodes.size() > s_.options.limits.max_nodes) too_many_nodes();
      // What comes after so many errors is not shown.
      done_ |= s_.diagnostics.error_count() >= diag::Diagnostics::kMaxKept;
    }
  }

 private:
  // --- before an operand

  void read_operand() {
    const Token& token = s_.cursor.peek();
    const ModeInfo& may = info(mode_);
    switch (token.kind) {
      case TokenKind::kLeftParen:
        return open_group();
      case TokenKind::kNumber:
        return read_number();
      case TokenKind::kNot:
        if (may.test || may.id) return open_not();
        break;
      case TokenKind::kMinus:
        if (may.value)
          return open({.what = Frame::What::kNegate, .begin = s_.cursor.take().range},
                      Mode::kValue);
        break;
      case TokenKind::kLen:
        if (may.value)
          return finish_value(s_.add(token.range, PacketLength{}), s_.cursor.take().range);
        break;
      case TokenKind::kName:
        return read_name();
      case TokenKind::kEscapedName:
      case TokenKind::kIp4:
      case TokenKind::kIp6:
      case TokenKind::kMac:
      case TokenKind::kArcnet:
        return read_id();
      case TokenKind::kProtoName:
        if (may.value && s_.cursor.kind(1) == TokenKind::kLeftBracket)
          return open_index(static_cast<Proto>(token.value));
        if (may.test) return read_qualified();
        break;
      default:
        if (may.test) return read_test();
        break;
    }
    no_operand();
  }

  void read_test() {
    const TokenKind kind = s_.cursor.kind();
    const bool qualified = (kind >= TokenKind::kSrc && kind <= TokenKind::kGateway) ||
                           kind == TokenKind::kBroadcast || kind == TokenKind::kMulticast;
    if (qualified) return read_qualified();
    if (begins_wlan(kind)) return finish_test(parse_wlan(s_, s_.cursor.peek().range));
    if (!begins_primitive(kind)) return no_operand();
    const bool encapsulation = kind == TokenKind::kEncap;
    const auto node = parse_primitive(s_);
    if (node && encapsulation && s_.cursor.at(TokenKind::kLeftBrace)) return open_scope(*node);
    finish_test(node);
  }

  void read_number() {
    const Token& token = s_.cursor.take();
    finish({.what = Operand::What::kNumber,
            .range = token.range,
            .number = token.value,
            .inherited = {}});
  }

  // Names that begin something of weir's cannot do so in libpcap, where a name ends a test.
  void read_name() {
    const std::string_view name = s_.cursor.text(s_.cursor.peek());
    const TokenKind next = s_.cursor.kind(1);
    const ModeInfo& may = info(mode_);
    if (may.id && name == "in" && begins_list(next)) return read_set();
    if (may.value && name == "payload" && next == TokenKind::kLeftBracket) {
      return allowed_addition() ? open_index(Proto::kPayload) : break_off();
    }
    if (may.test && name == "payload" && next == TokenKind::kString)
      return finish_test(parse_payload_match(s_));
    if (may.test && (name == "tcp.flags" || name == "ip.flags") &&
        (next == TokenKind::kName || next == TokenKind::kNot)) {
      return allowed_addition() ? finish_test(parse_flags(s_)) : break_off();
    }
    if (may.test && next == TokenKind::kLeftBrace) {
      if (const auto encap = scope_word(name)) return open_scope(scope_opening(*encap));
    }
    read_id();
  }

  static std::optional<Encap> scope_word(std::string_view name) {
    for (const Encap encap : {Encap::kIpIp, Encap::kGre, Encap::kIp6Ext}) {
      if (name == name_of(encap)) return encap;
    }
    return std::nullopt;
  }

  NodeId scope_opening(Encap encap) {
    return s_.add(
        s_.cursor.take().range,
        ast::Encapsulation{
            .encap = encap, .form = ast::Encapsulation::Form::kAny, .value = 0, .items = {}});
  }

  bool allowed_addition() {
    if (!s_.options.strict) return true;
    const Token& token = s_.cursor.peek();
    s_.error(Kind::kNotStrict, token.range,
             fmt::format("{} is not in libpcap's language", diag::quote(s_.cursor.text(token))),
             "leave --strict out to use weir's additions");
    return false;
  }

  // --- ids

  void read_id() {
    if (!info(mode_).id || inherited_.state == Inherited::State::kNone) return no_operand();
    // `ip.addr == 10.0.0.1` behind `and` is no name of a host.
    if (is_rel_op(s_.cursor.kind(1)) && complain_other_language(s_)) return break_off();
    const SourceRange begin = s_.cursor.peek().range;
    const auto data = id_data();
    if (!data) return break_off();
    finish_id(join(begin, s_.cursor.last().range), *data);
  }

  std::optional<ast::NodeData> id_data() {
    const Token& token = s_.cursor.take();
    const ast::Qualifiers& q = inherited_.qualifiers;
    switch (token.kind) {
      case TokenKind::kMac:
        return ast::MacId{q, inherited_.head};
      case TokenKind::kArcnet:
        return ast::ArcnetId{q, inherited_.head};
      case TokenKind::kIp4:
        return ip4_data(token.range);
      case TokenKind::kIp6: {
        const auto prefix = prefix_length();
        if (!prefix) return std::nullopt;
        return ast::Ip6Id{q, inherited_.head, token.range.end, *prefix};
      }
      default:
        return ast::NameId{q, inherited_.head};
    }
  }

  std::optional<ast::NodeData> ip4_data(SourceRange address) {
    const ast::Qualifiers& q = inherited_.qualifiers;
    if (s_.cursor.at(TokenKind::kMask)) {
      s_.cursor.take();
      if (s_.cursor.at(TokenKind::kIp4)) {
        const SourceRange mask = s_.cursor.take().range;
        return ast::Ip4MaskId{q, inherited_.head, address.end, mask.begin};
      }
      expected_behind("a mask", "as in `net 10.0.0.0 mask 255.0.0.0`");
      return std::nullopt;
    }
    const auto prefix = prefix_length();
    if (!prefix) return std::nullopt;
    return ast::Ip4Id{q, inherited_.head, address.end, *prefix};
  }

  // kNoPrefix without a `/`; nullopt after an error.
  std::optional<std::uint32_t> prefix_length() {
    if (!s_.cursor.take_if(TokenKind::kSlash)) return ast::kNoPrefix;
    if (s_.cursor.at(TokenKind::kNumber)) return s_.cursor.take().value;
    expected_behind("the number of bits of the prefix",
                    "as in `net 10.0.0.0/8`, or with a mask: `net 10.0.0.0 mask 255.0.0.0`");
    return std::nullopt;
  }

  void expected_behind(std::string_view what, std::string hint) {
    const Token& token = s_.cursor.peek();
    if (token.kind == TokenKind::kInvalid) return;
    const bool end = token.kind == TokenKind::kEnd;
    s_.error(Kind::kExpectedValue, end ? s_.cursor.last().range : token.range,
             fmt::format("{} is expected {} {}", what, end ? "behind" : "instead of",
                         diag::quote(s_.cursor.text(end ? s_.cursor.last() : token))),
             std::move(hint));
  }

  void read_set() {
    if (inherited_.state == Inherited::State::kNone) return no_operand();
    const SourceRange begin = s_.cursor.take().range;
    const auto items = parse_list(s_);
    if (!items) return break_off();
    finish_id(join(begin, s_.cursor.last().range),
              ast::SetId{inherited_.qualifiers, inherited_.head, *items});
  }

  void finish_id(SourceRange range, const ast::NodeData& data) {
    const bool known = inherited_.state == Inherited::State::kKnown;
    finish({.what = Operand::What::kId,
            .range = range,
            .node = s_.add(range, known ? data : ast::NodeData(Invalid{})),
            .inherited = inherited_});
  }

  // --- qualifiers, and what begins with them

  void read_qualified() {
    const Token& first = s_.cursor.peek();
    ast::Qualifiers q;
    if (first.kind == TokenKind::kProtoName) q.proto = static_cast<Proto>(s_.cursor.take().value);
    const TokenKind kind = s_.cursor.kind();
    if (kind == TokenKind::kBroadcast)
      return finish_test(join_node(first.range, Broadcast{q.proto}));
    if (kind == TokenKind::kMulticast)
      return finish_test(join_node(first.range, Multicast{q.proto}));
    if (begins_wlan(kind)) return finish_test(parse_wlan(s_, first.range));
    if (!read_direction(q) || !read_type(q)) return break_off();
    if (q.dir == Dir::kNone && q.type == IdType::kNone) {
      return finish_test(s_.add(first.range, ast::Abbreviation{q.proto}));
    }
    open_head(join(first.range, s_.cursor.last().range), q);
  }

  NodeId join_node(SourceRange begin, const ast::NodeData& data) {
    return s_.add(join(begin, s_.cursor.take().range), data);
  }

  // `src`, `src or dst`, `addr1`, ...; false after an error.
  bool read_direction(ast::Qualifiers& q) {
    const Token& first = s_.cursor.peek();
    if (first.kind == TokenKind::kWlanAddress) q.dir = static_cast<Dir>(s_.cursor.take().value);
    if (first.kind == TokenKind::kSrc || first.kind == TokenKind::kDst) {
      s_.cursor.take();
      q.dir = first.kind == TokenKind::kSrc ? Dir::kSrc : Dir::kDst;
      const TokenKind other = first.kind == TokenKind::kSrc ? TokenKind::kDst : TokenKind::kSrc;
      const bool both = s_.cursor.at(TokenKind::kAnd) || s_.cursor.at(TokenKind::kOr);
      if (both && s_.cursor.kind(1) == other) {
        q.dir = s_.cursor.take().kind == TokenKind::kOr ? Dir::kSrcOrDst : Dir::kSrcAndDst;
        s_.cursor.take();
      }
    }
    if (q.dir == Dir::kNone) return true;
    const TokenKind next = s_.cursor.kind();
    const bool undirected = next == TokenKind::kSrc || next == TokenKind::kDst ||
                            next == TokenKind::kProto || next == TokenKind::kProtochain ||
                            next == TokenKind::kGateway;
    if (undirected) complain_direction(s_, join(first.range, s_.cursor.last().range));
    return !undirected;
  }

  bool read_type(ast::Qualifiers& q) {
    switch (s_.cursor.kind()) {
      case TokenKind::kIdType:
        q.type = static_cast<IdType>(s_.cursor.peek().value);
        break;
      case TokenKind::kProto:
        q.type = IdType::kProto;
        break;
      case TokenKind::kProtochain:
        q.type = IdType::kProtochain;
        break;
      case TokenKind::kGateway:
        q.type = IdType::kGateway;
        break;
      default:
        return true;
    }
    s_.cursor.take();
    return true;
  }

  // --- opening

  void open(Frame frame, Mode inside) {
    if (stack_.size() >= s_.options.limits.max_nesting) return too_deep(frame.begin);
    frame.mode = mode_;
    frame.inherited = inherited_;
    stack_.push_back(frame);
    mode_ = inside;
    behind_operand_ = false;
  }

  void open_not() {
    open({.what = Frame::What::kNot, .begin = s_.cursor.take().range}, info(mode_).negated);
  }

  void open_group() {
    open({.what = Frame::What::kGroup, .begin = s_.cursor.take().range}, info(mode_).in_group);
  }

  void open_index(Proto proto) {
    const SourceRange begin = s_.cursor.take().range;
    s_.cursor.take();
    open({.what = Frame::What::kIndex, .begin = begin, .op = static_cast<std::uint8_t>(proto)},
         Mode::kValue);
  }

  void open_head(SourceRange range, const ast::Qualifiers& q) {
    open({.what = Frame::What::kHead, .begin = range}, Mode::kId);
    inherited_ = {.state = Inherited::State::kKnown,
                  .qualifiers = q,
                  .head = static_cast<std::uint32_t>(s_.ast.heads.size())};
    s_.ast.heads.push_back(range);
  }

  void open_scope(NodeId opening) {
    const SourceRange begin = s_.cursor.take().range;
    open({.what = Frame::What::kScope, .begin = begin, .opening = opening}, Mode::kTest);
    inherited_ = {};
  }

  // --- an operand is complete

  void finish(const Operand& operand) {
    operand_ = operand;
    behind_operand_ = true;
  }

  void finish_value(NodeId node, SourceRange range) {
    finish({.what = Operand::What::kValue, .range = range, .node = node, .inherited = {}});
  }

  void finish_test(std::optional<NodeId> node) {
    if (!node) return break_off();
    finish({.what = Operand::What::kTest,
            .range = s_.ast.nodes[*node].range,
            .node = *node,
            .inherited = {}});
  }

  // --- behind an operand

  void go_on() {
    const TokenKind next = s_.cursor.kind();
    if (holds_value() && info(mode_).value) {
      if (is_arith_op(next)) return open_binary(arith_op(next));
      if (is_rel_op(next) && open_relation(rel_op(next))) return;
    }
    settle(next);
    switch (next) {
      case TokenKind::kAnd:
        return open_connective(Frame::What::kAnd);
      case TokenKind::kOr:
        return open_connective(Frame::What::kOr);
      case TokenKind::kRightParen:
        return close_group();
      case TokenKind::kRightBrace:
        return close_scope();
      case TokenKind::kRightBracket:
      case TokenKind::kColon:
        return close_index();
      case TokenKind::kEnd:
        return close_all();
      default:
        return not_joined();
    }
  }

  bool holds_value() const {
    return operand_.what == Operand::What::kNumber || operand_.what == Operand::What::kValue ||
           operand_.what == Operand::What::kBroken;
  }

  bool top_is(Frame::What what) const { return !stack_.empty() && stack_.back().what == what; }

  void open_binary(ArithOp op) {
    apply_arithmetic([op](ArithOp before) { return applies_first(before, op); });
    operand_.node = value_node();
    open({.what = Frame::What::kBinary,
          .begin = s_.cursor.take().range,
          .left = operand_,
          .op = static_cast<std::uint8_t>(op)},
         Mode::kValue);
  }

  // False when no comparison may stand here.
  bool open_relation(RelOp op) {
    apply_arithmetic([](ArithOp) { return true; });
    if (!info(mode_).test) return false;
    operand_.node = value_node();
    open({.what = Frame::What::kRelation,
          .begin = s_.cursor.take().range,
          .left = operand_,
          .op = static_cast<std::uint8_t>(op)},
         Mode::kValue);
    return true;
  }

  // Applies the operators of arithmetic on top of the stack; a binary one only if `first(it)`.
  template <typename First>
  void apply_arithmetic(First first) {
    for (;;) {
      if (top_is(Frame::What::kNegate)) {
        apply_negate();
      } else if (top_is(Frame::What::kBinary) && first(static_cast<ArithOp>(stack_.back().op))) {
        apply_binary();
      } else {
        return;
      }
    }
  }

  // A number that turns out to be a value gets its node.
  NodeId value_node() {
    if (operand_.what != Operand::What::kNumber) return operand_.node;
    operand_.what = Operand::What::kValue;
    return s_.add(operand_.range, Constant{operand_.number});
  }

  void become(Operand::What what, SourceRange range, NodeId node) {
    operand_.what = what;
    operand_.range = range;
    operand_.node = node;
  }

  Frame pop() {
    const Frame frame = stack_.back();
    stack_.pop_back();
    mode_ = frame.mode;
    inherited_ = frame.inherited;
    return frame;
  }

  void apply_negate() {
    const NodeId value = value_node();
    const Frame frame = pop();
    const SourceRange range = join(frame.begin, operand_.range);
    become(Operand::What::kValue, range, s_.add(range, Negate{value}));
  }

  void apply_binary() {
    const NodeId right = value_node();
    const Frame frame = pop();
    const SourceRange range = join(frame.left.range, operand_.range);
    become(Operand::What::kValue, range,
           s_.add(range, Binary{static_cast<ArithOp>(frame.op), frame.left.node, right}));
  }

  void apply_relation() {
    const NodeId right = value_node();
    const Frame frame = pop();
    const SourceRange range = join(frame.left.range, operand_.range);
    become(Operand::What::kTest, range,
           s_.add(range, Relation{static_cast<RelOp>(frame.op), frame.left.node, right}));
    operand_.inherited = {};
  }

  // Applies everything that binds tighter than `and` and `or`, and decides what a number is.
  void settle(TokenKind next) {
    apply_arithmetic([](ArithOp) { return true; });
    if (top_is(Frame::What::kRelation)) apply_relation();
    settle_value(next);
    for (;;) {
      if (top_is(Frame::What::kNot)) {
        apply_not();
      } else if (top_is(Frame::What::kHead)) {
        apply_head();
      } else {
        return;
      }
    }
  }

  void settle_value(TokenKind next) {
    const bool number = operand_.what == Operand::What::kNumber;
    if (!number && operand_.what != Operand::What::kValue) return;
    const bool closes_group = next == TokenKind::kRightParen && top_is(Frame::What::kGroup);
    const bool closes_index = (next == TokenKind::kRightBracket || next == TokenKind::kColon) &&
                              top_is(Frame::What::kIndex);
    if (closes_group || closes_index) return;
    if (number && info(mode_).id) return settle_number();
    if (number && mode_ == Mode::kTest) {
      complain_no_qualifier(s_, operand_.range);
    } else if (mode_ == Mode::kNumber || mode_ == Mode::kValue) {
      complain_inside(s_, mode_, operand_.range);
    } else {
      complain_no_comparison(s_, operand_.range);
    }
    operand_ = broken(operand_.range);
  }

  void settle_number() {
    if (inherited_.state == Inherited::State::kNone) {
      complain_no_qualifier(s_, operand_.range);
      operand_ = broken(operand_.range);
      return;
    }
    finish_id(operand_.range,
              ast::NumberId{inherited_.qualifiers, inherited_.head, operand_.number});
  }

  void apply_not() {
    const Frame frame = pop();
    const SourceRange range = join(frame.begin, operand_.range);
    become(operand_.what, range, s_.add(range, Not{operand_.node}));
  }

  void apply_head() {
    const Frame frame = pop();
    if (operand_.what == Operand::What::kId) operand_.what = Operand::What::kTest;
    operand_.range.begin = frame.begin.begin;
  }

  void open_connective(Frame::What what) {
    apply_connective();
    const bool ids = operand_.what == Operand::What::kId;
    const Operand left = operand_;
    open({.what = what, .begin = s_.cursor.take().range, .left = left},
         ids ? Mode::kId : Mode::kTestOrId);
    inherited_ = left.inherited;
  }

  // What the right side leaves to inherit is left; what the left side is, the whole is.
  void apply_connective() {
    const bool is_and = top_is(Frame::What::kAnd);
    if (!is_and && !top_is(Frame::What::kOr)) return;
    const Frame frame = pop();
    const SourceRange range = join(frame.left.range, operand_.range);
    const NodeId left = frame.left.node;
    const NodeId node =
        is_and ? s_.add(range, And{left, operand_.node}) : s_.add(range, Or{left, operand_.node});
    become(frame.left.what, range, node);
  }

  // --- closing

  void close_group() {
    apply_connective();
    if (!top_is(Frame::What::kGroup)) return closes_nothing();
    const Frame frame = pop();
    operand_.range = join(frame.begin, s_.cursor.take().range);
    if (operand_.what == Operand::What::kTest) operand_.inherited = frame.inherited;
  }

  void close_scope() {
    apply_connective();
    if (!top_is(Frame::What::kScope)) return closes_nothing();
    const Frame frame = pop();
    const SourceRange range = join(s_.ast.nodes[frame.opening].range, s_.cursor.take().range);
    finish_test(s_.add(range, Scope{.opening = frame.opening, .body = operand_.node}));
  }

  void close_index() {
    apply_connective();
    if (!top_is(Frame::What::kIndex)) return closes_nothing();
    const NodeId offset = value_node();
    std::uint32_t size = 1;
    if (s_.cursor.take_if(TokenKind::kColon)) {
      if (!s_.cursor.at(TokenKind::kNumber)) {
        expected_behind("the number of bytes", "it is 1, 2 or 4, as in `ip[2:2]`");
        return break_off();
      }
      size = s_.cursor.take().value;
    }
    if (!s_.cursor.at(TokenKind::kRightBracket)) {
      expected_behind("`]`", "close the index with `]`");
      return break_off();
    }
    const Frame frame = pop();
    const SourceRange range = join(frame.begin, s_.cursor.take().range);
    finish_value(s_.add(range, Index{static_cast<Proto>(frame.op), offset, size}), range);
  }

  void close_all() {
    apply_connective();
    done_ = true;
    for (auto frame = stack_.rbegin(); frame != stack_.rend(); ++frame) {
      const bool bracket = frame->what == Frame::What::kGroup ||
                           frame->what == Frame::What::kScope || frame->what == Frame::What::kIndex;
      if (bracket) return not_closed(*frame);
    }
  }

  // --- errors

  void not_closed(const Frame& frame) {
    const bool index = frame.what == Frame::What::kIndex;
    const std::string_view close = index ? "]" : frame.what == Frame::What::kScope ? "}" : ")";
    const std::string_view opened = index ? "[" : s_.cursor.text(frame.begin);
    const auto at = index ? SourceRange{frame.begin.end, frame.begin.end + 1} : frame.begin;
    s_.error(Kind::kUnbalanced, at, fmt::format("`{}` is not closed", opened),
             fmt::format("write `{}` where it ends", close));
  }

  void closes_nothing() {
    const Token& token = s_.cursor.take();
    const std::string_view text = s_.cursor.text(token);
    s_.error(Kind::kUnbalanced, token.range, fmt::format("`{}` closes nothing", text),
             "leave it out, or open it before");
  }

  Operand broken(SourceRange range) {
    return {.what = Operand::What::kBroken,
            .range = range,
            .node = s_.add(range, Invalid{}),
            .inherited = {.state = Inherited::State::kUnknown, .qualifiers = {}}};
  }

  void no_operand() {
    complain_no_operand(s_, mode_,
                        top_is(Frame::What::kHead) ? stack_.back().begin : SourceRange{});
    break_off();
  }

  void not_joined() {
    complain_not_joined(s_, operand_.range);
    break_off();
  }

  // Goes to where something else begins, and puts an operand that stands for any in the place of
  // what was being read, so that what follows is looked at too.
  void break_off() {
    const SourceRange begin = s_.cursor.peek().range;
    bool group = false;
    bool scope = false;
    for (const Frame& frame : stack_) {
      group |= frame.what == Frame::What::kGroup;
      scope |= frame.what == Frame::What::kScope;
    }
    skip(group, scope);
    while (!stack_.empty() && !holds_others(stack_.back().what)) pop();
    finish(broken({begin.begin, s_.cursor.peek().range.begin}));
  }

  static bool holds_others(Frame::What what) {
    return what == Frame::What::kAnd || what == Frame::What::kOr || what == Frame::What::kGroup ||
           what == Frame::What::kScope;
  }

  void skip(bool group, bool scope) {
    std::size_t depth = 0;
    for (;; s_.cursor.take()) {
      switch (s_.cursor.kind()) {
        case TokenKind::kEnd:
          return;
        case TokenKind::kAnd:
        case TokenKind::kOr:
          if (depth == 0) return;
          break;
        case TokenKind::kLeftParen:
        case TokenKind::kLeftBrace:
          ++depth;
          break;
        case TokenKind::kRightParen:
          if (depth == 0 && group) return;
          if (depth > 0) --depth;
          break;
        case TokenKind::kRightBrace:
          if (depth == 0 && scope) return;
          if (depth > 0) --depth;
          break;
        default:
          break;
      }
    }
  }

  void too_deep(SourceRange at) {
    s_.error(Kind::kTooLarge, at,
             fmt::format("more than {} things are open here", s_.options.limits.max_nesting),
             "use fewer parentheses, `not` and operators inside each other");
    done_ = true;
  }

  void too_many_nodes() {
    if (done_) return;
    s_.error(Kind::kTooLarge, operand_.range,
             fmt::format("the expression has more than {} parts", s_.options.limits.max_nodes),
             "put long lists into a file: `host in @FILE`");
    done_ = true;
  }

  Syntax& s_;
  std::vector<Frame> stack_;
  Operand operand_;      // when behind_operand_
  Inherited inherited_;  // for an id at this place
  Mode mode_ = Mode::kTest;
  bool behind_operand_ = false;
  bool done_ = false;
};

}  // namespace

Ast parse(const TokenList& tokens, std::string_view text, const Options& options,
          diag::Diagnostics& diagnostics) {
  Ast ast;
  Syntax syntax{
      .cursor = Cursor(tokens, text), .ast = ast, .options = options, .diagnostics = diagnostics};
  if (syntax.cursor.at(TokenKind::kEnd)) return ast;
  ast.nodes.reserve(tokens.size());
  ast.heads.reserve(tokens.size() / 4 + 1);
  Parser(syntax).run();
  return ast;
}

}  // namespace weir::filter
