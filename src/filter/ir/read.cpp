#include "filter/ir/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "filter/ir/builder.h"
#include "filter/ir/verify.h"

namespace weir::filter::ir {
namespace {

// More is no function but a number out of hand.
constexpr std::uint32_t kMaxParams = 1u << 16;

template <typename Meaning>
struct Word {
  std::string_view text;
  Meaning meaning;
};

constexpr auto kOps = std::to_array<Word<Op>>({
    {"<<", Op::kShl},
    {">>", Op::kShr},
    {"+", Op::kAdd},
    {"-", Op::kSub},
    {"*", Op::kMul},
    {"/", Op::kDiv},
    {"%", Op::kMod},
    {"&", Op::kAnd},
    {"|", Op::kOr},
    {"^", Op::kXor},
});
constexpr auto kLoads = std::to_array<Word<std::uint8_t>>({{"1[", 1}, {"2[", 2}, {"4[", 4}});
constexpr auto kCompares = std::to_array<Word<Compare>>(
    {{"eq ", Compare::kEq}, {"gt ", Compare::kGt}, {"ge ", Compare::kGe}, {"set ", Compare::kSet}});
constexpr auto kKinds = std::to_array<Word<NodeKind>>({{"test ", NodeKind::kTest},
                                                       {"switch ", NodeKind::kSwitch},
                                                       {"guard ", NodeKind::kGuard},
                                                       {"assign ", NodeKind::kAssign},
                                                       {"chain ", NodeKind::kChain}});

// Where the reader is. After the first thing that is wrong, which it keeps, it is at the end of the
// text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::size_t offset() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }
  void move_to(std::size_t offset) {
    if (!error_) at_ = offset;
  }

  const std::optional<Error>& error() const { return error_; }
  void fail(std::size_t offset, std::string message) {
    if (error_) return;
    error_ = Error{.kind = ErrorKind::kInput,
                   .message = std::move(message),
                   .hint = "ir/text.h shows the form",
                   .offset = offset};
    at_ = text_.size();
  }
  void expected(std::string_view what) { fail(at_, fmt::format("expected {}", what)); }

  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void need(std::string_view word) {
    if (!take(word)) expected(fmt::format("`{}`", word));
  }
  template <typename Meaning, std::size_t n>
  Meaning one_of(const std::array<Word<Meaning>, n>& words, std::string_view what) {
    for (const Word<Meaning>& word : words) {
      if (take(word.text)) return word.meaning;
    }
    expected(what);
    return words.front().meaning;
  }

  bool at_number() const { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }
  // Decimal, or hexadecimal after `0x`.
  std::uint32_t number() {
    std::uint32_t result = 0;
    if (!at_number()) {
      expected("a number");
      return result;
    }
    const int base = take("0x") ? 16 : 10;
    const char* const first = text_.data() + at_;
    const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), result, base);
    at_ += static_cast<std::size_t>(end - first);
    if (error != std::errc{}) expected("a number of 32 bits");
    return result;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Error> error_;
};

// Values, from the left to the right; what is open waits on a stack.
class ValueReader {
 public:
  ValueReader(Cursor& cursor, Builder& builder) : c_(cursor), b_(builder) {}

  ValueId read() {
    do {
      while (!c_.error() && begin()) continue;
      while (!c_.error() && !open_.empty() && close()) continue;
    } while (!c_.error() && !open_.empty());
    return c_.error() ? b_.constant(0) : value_;
  }

  // Parameters are made when they are first named.
  ParamId param() {
    const std::size_t start = c_.offset();
    std::uint32_t id = c_.number();
    if (id >= kMaxParams) {
      c_.fail(start, "a parameter with too large a number");
      id = 0;
    }
    while (b_.function().params.size() <= id) b_.new_param(Home::kIndex);
    return id;
  }

 private:
  struct Open {
    std::uint8_t load = 0;  // bytes of a load, 0 for an operation
    Op op = Op::kConst;     // kConst before the sign was read
    ValueId left = kNone;
  };

  // True: something was opened, and a value follows in it.
  bool begin() {
    if (c_.at_number()) {
      value_ = b_.constant(c_.number());
    } else if (c_.take("len")) {
      value_ = b_.length();
    } else if (c_.take("load")) {
      open_.push_back({.load = c_.one_of(kLoads, "a load of 1, 2 or 4 bytes")});
      return true;
    } else if (c_.take("(")) {
      open_.emplace_back();
      return true;
    } else {
      if (!c_.take("p")) c_.expected("a value");
      value_ = b_.param(param());
    }
    return false;
  }

  // False: a sign was read, and its right side follows.
  bool close() {
    Open& open = open_.back();
    if (open.load != 0) {
      const std::uint32_t offset = c_.take(" + ") ? c_.number() : 0;
      c_.need("]");
      value_ = load(open.load, value_, offset);
    } else if (open.op == Op::kConst) {
      c_.need(" ");
      open.op = c_.one_of(kOps, "an operation");
      open.left = value_;
      c_.need(" ");
      return false;
    } else {
      c_.need(")");
      value_ = b_.binary(open.op, open.left, value_);
    }
    open_.pop_back();
    return true;
  }

  // `load1[12]`; other than a sum, a number reaches the kernel's extensions.
  ValueId load(std::uint8_t size, ValueId base, std::uint32_t offset) {
    const Value& v = b_.value(base);
    return v.op == Op::kConst && offset == 0 ? b_.load(size, v.k) : b_.load(size, base, offset);
  }

  Cursor& c_;
  Builder& b_;
  ValueId value_ = kNone;  // the last one that is complete
  std::vector<Open> open_;
};

// Nodes, from the last line to the first, so that successors are known.
class Reader {
 public:
  Reader(std::string_view text, Memory memory)
      : text_(text), c_(text), builder_(memory), values_(c_, builder_) {
    nodes_ = {{.kind = NodeKind::kReject}, {.kind = NodeKind::kAccept}};
  }

  Result<Function> run() && {
    const std::vector<std::size_t> lines = find_lines();
    for (std::size_t i = lines.size(); i-- > 1;) {
      c_.move_to(lines[i]);
      line();
    }
    c_.move_to(0);
    c_.need("root ");
    const NodeId root = target();
    end_of_line();
    return finish(root);
  }

 private:
  std::vector<std::size_t> find_lines() const {
    std::vector<std::size_t> lines{0};
    for (std::size_t i = 0; i + 1 < text_.size(); ++i) {
      if (text_[i] == '\n') lines.push_back(i + 1);
    }
    return lines;
  }

  void end_of_line() {
    if (!c_.at_end()) c_.need("\n");
  }

  void line() {
    const std::size_t start = c_.offset();
    c_.need("n");
    const std::uint32_t label = c_.number();
    c_.need(": ");
    const Node n = node();
    end_of_line();
    if (!ids_.emplace(label, static_cast<NodeId>(nodes_.size())).second) {
      c_.fail(start, fmt::format("there is another `n{}` below", label));
    }
    nodes_.push_back(n);
  }

  Node node() {
    Node n{.kind = c_.one_of(kKinds, "a kind of node")};
    switch (n.kind) {
      case NodeKind::kTest:
        n.lhs = values_.read();
        c_.need(" ");
        n.compare = c_.one_of(kCompares, "a comparison");
        n.rhs = values_.read();
        branches(n);
        break;
      case NodeKind::kSwitch:
        n.lhs = values_.read();
        cases(n);
        break;
      case NodeKind::kAssign:
        c_.need("p");
        n.index = values_.param();
        c_.need(" = ");
        [[fallthrough]];
      case NodeKind::kGuard:
        n.lhs = values_.read();
        c_.need(" -> ");
        n.on_true = target();
        break;
      case NodeKind::kChain:
        chain(n);
        branches(n);
        break;
      case NodeKind::kReject:
      case NodeKind::kAccept:
        break;
    }
    return n;
  }

  void branches(Node& n) {
    c_.need(" ? ");
    n.on_true = target();
    c_.need(" : ");
    n.on_false = target();
  }

  void cases(Node& n) {
    n.index = static_cast<std::uint32_t>(cases_.size());
    c_.need(" {");
    while (!c_.error() && !c_.take(" } else ")) {
      if (cases_.size() != n.index) c_.need(",");
      c_.need(" ");
      Case one{.lo = c_.number()};
      one.hi = c_.take("-") ? c_.number() : one.lo;
      c_.need(" -> ");
      one.target = target();
      cases_.push_back(one);
    }
    n.count = static_cast<std::uint32_t>(cases_.size()) - n.index;
    n.on_false = target();
  }

  void chain(Node& n) {
    Chain chain{.ip6 = c_.take("ip6[")};
    if (!chain.ip6) c_.need("ip[");
    chain.network = c_.number();
    c_.need("] ");
    chain.protocol = c_.number();
    const auto known = std::ranges::find(chains_, chain);
    n.index = static_cast<std::uint32_t>(known - chains_.begin());
    if (known == chains_.end()) chains_.push_back(chain);
  }

  NodeId target() {
    if (c_.take("reject")) return kRejectNode;
    if (c_.take("accept")) return kAcceptNode;
    const std::size_t start = c_.offset();
    c_.need("n");
    const std::uint32_t label = c_.number();
    const auto found = ids_.find(label);
    if (found != ids_.end()) return found->second;
    c_.fail(start, fmt::format("no line below is `n{}`", label));
    return kRejectNode;
  }

  Result<Function> finish(NodeId root) {
    if (c_.error()) return std::unexpected(*c_.error());
    Function f = std::move(builder_).finish(root);
    f.nodes.assign(nodes_.begin(), nodes_.end());
    f.cases.assign(cases_.begin(), cases_.end());
    f.chains.assign(chains_.begin(), chains_.end());
    if (std::string wrong = verify(f); !wrong.empty()) return fail(std::move(wrong));
    return f;
  }

  std::string_view text_;
  Cursor c_;
  Builder builder_;
  ValueReader values_;
  std::vector<Node> nodes_;
  std::vector<Case> cases_;
  std::vector<Chain> chains_;
  std::unordered_map<std::uint32_t, NodeId> ids_;  // as written -> as numbered
};

}  // namespace

Result<Function> read(std::string_view text, Memory memory) { return Reader(text, memory).run(); }

}  // namespace weir::filter::ir
