#include "filter/ir/text.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weir::filter::ir {
namespace {

constexpr std::array<std::string_view, 14> kOpSigns = {"",  "",  "",  "",  "+", "-",  "*",
                                                       "/", "%", "&", "|", "^", "<<", ">>"};
constexpr std::array<std::string_view, 4> kCompareNames = {"eq", "gt", "ge", "set"};

class Printer {
 public:
  explicit Printer(const Function& f) : f_(f) {}

  // Iterative: a value may be as deep as the user's arithmetic.
  void value(ValueId id) {
    pending_.emplace_back(id);
    while (!pending_.empty()) {
      const auto next = std::move(pending_.back());
      pending_.pop_back();
      if (const auto* text = std::get_if<std::string>(&next)) {
        out_ += *text;
      } else {
        one(f_.values[std::get<ValueId>(next)]);
      }
    }
  }

  void node(NodeId id) {
    const Node& n = f_.nodes[id];
    put("n{}: ", id);
    switch (n.kind) {
      case NodeKind::kReject:
      case NodeKind::kAccept:
        break;
      case NodeKind::kTest:
        out_ += "test ";
        value(n.lhs);
        put(" {} ", kCompareNames[static_cast<std::size_t>(n.compare)]);
        value(n.rhs);
        branches(n);
        break;
      case NodeKind::kSwitch:
        out_ += "switch ";
        value(n.lhs);
        cases(n);
        break;
      case NodeKind::kGuard:
        out_ += "guard ";
        value(n.lhs);
        put(" -> {}", target(n.on_true));
        break;
      case NodeKind::kAssign:
        put("assign p{} = ", n.index);
        value(n.lhs);
        put(" -> {}", target(n.on_true));
        break;
      case NodeKind::kChain: {
        const Chain& chain = f_.chains[n.index];
        put("chain {}[{}] {}", chain.ip6 ? "ip6" : "ip", chain.network, chain.protocol);
        branches(n);
        break;
      }
    }
    out_ += '\n';
  }

  std::string take() && { return std::move(out_); }

  static std::string target(NodeId id) {
    if (id == kRejectNode) return "reject";
    if (id == kAcceptNode) return "accept";
    return fmt::format("n{}", id);
  }

  template <typename... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

 private:
  void one(const Value& v) {
    switch (v.op) {
      case Op::kConst:
        put("{:#x}", v.k);
        return;
      case Op::kLength:
        out_ += "len";
        return;
      case Op::kParam:
        put("p{}", v.k);
        return;
      case Op::kLoad:
        put("load{}[", v.size);
        if (v.a == kNone) {
          put("{}]", v.k);
          return;
        }
        pending_.emplace_back(v.k == 0 ? "]" : fmt::format(" + {}]", v.k));
        pending_.emplace_back(v.a);
        return;
      default:
        out_ += '(';
        pending_.emplace_back(std::string(")"));
        pending_.emplace_back(v.b);
        pending_.emplace_back(fmt::format(" {} ", kOpSigns[static_cast<std::size_t>(v.op)]));
        pending_.emplace_back(v.a);
    }
  }

  void branches(const Node& n) { put(" ? {} : {}", target(n.on_true), target(n.on_false)); }

  void cases(const Node& n) {
    out_ += " {";
    bool first = true;
    for (const Case& c : f_.cases_of(n)) {
      put("{} {:#x}", first ? "" : ",", c.lo);
      if (c.hi != c.lo) put("-{:#x}", c.hi);
      put(" -> {}", target(c.target));
      first = false;
    }
    put(" }} else {}", target(n.on_false));
  }

  const Function& f_;
  std::string out_;
  std::vector<std::variant<ValueId, std::string>> pending_;  // printed from the back
};

}  // namespace

std::string print_value(const Function& function, ValueId id) {
  Printer printer(function);
  printer.value(id);
  return std::move(printer).take();
}

std::string print(const Function& function) {
  Printer printer(function);
  printer.put("root {}\n", Printer::target(function.root));
  std::vector<bool> reached(function.nodes.size(), false);
  reached[function.root] = true;
  for (NodeId id = function.root; id > kAcceptNode; --id) {
    if (!reached[id]) continue;
    for_each_successor(function, function.nodes[id], [&](NodeId next) { reached[next] = true; });
    printer.node(id);
  }
  return std::move(printer).take();
}

}  // namespace weir::filter::ir
