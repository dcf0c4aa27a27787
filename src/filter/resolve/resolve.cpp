// The resolver: one loop over the AST, one node out for each node in.
#include <fmt/format.h>

#include "diag/quote.h"
#include "filter/resolve/context.h"
#include "filter/resolve/ids.h"
#include "filter/resolved.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;
using resolved::NodeData;

// Protocols whose bytes can be asked for: `tcp[13]`.
constexpr bool has_bytes(Proto proto) {
  switch (proto) {
    case Proto::kNone:
    case Proto::kAarp:
    case Proto::kAh:
    case Proto::kEsp:
    case Proto::kIso:
    case Proto::kEsis:
    case Proto::kIsis:
    case Proto::kIsisL1:
    case Proto::kIsisL2:
    case Proto::kIsisIih:
    case Proto::kIsisLsp:
    case Proto::kIsisSnp:
    case Proto::kIsisCsnp:
    case Proto::kIsisPsnp:
    case Proto::kClnp:
    case Proto::kStp:
    case Proto::kIpx:
    case Proto::kNetbeui:
      return false;
    default:
      return true;
  }
}

class Resolver {
 public:
  Resolver(const Ast& ast, Context& context) : ast_(ast), context_(context), ids_(context) {}

  void run() {
    Resolved& out = context_.out;
    out.nodes.reserve(ast_.nodes.size());
    out.numbers = ast_.numbers;
    out.flags = ast_.flags;
    out.bytes = ast_.bytes;
    for (const ast::Node& node : ast_.nodes) {
      SourceRange range = node.range;
      const NodeData data = std::visit([&](const auto& in) { return of(in, range); }, node.data);
      out.nodes.push_back({.range = range, .data = data});
    }
  }

 private:
  template <typename IdNode>
  IdPlace place(const IdNode& node, SourceRange& range) {
    const IdPlace id{.qualifiers = node.qualifiers, .head = ast_.heads[node.head], .range = range};
    range = id.whole(context_.text);
    return id;
  }

  NodeData of(const ast::NameId& node, SourceRange& range) { return ids_.name(place(node, range)); }
  NodeData of(const ast::NumberId& node, SourceRange& range) {
    return ids_.number(place(node, range), node.value);
  }
  NodeData of(const ast::Ip4Id& node, SourceRange& range) {
    return ids_.ip4(place(node, range), node);
  }
  NodeData of(const ast::Ip4MaskId& node, SourceRange& range) {
    return ids_.ip4_mask(place(node, range), node);
  }
  NodeData of(const ast::Ip6Id& node, SourceRange& range) {
    return ids_.ip6(place(node, range), node);
  }
  NodeData of(const ast::MacId& node, SourceRange& range) { return ids_.mac(place(node, range)); }
  NodeData of(const ast::ArcnetId& node, SourceRange& range) {
    return ids_.arcnet(place(node, range));
  }
  NodeData of(const ast::SetId& node, SourceRange& range) {
    return ids_.set(place(node, range), ast_, node.items);
  }

  NodeData of(const ast::Encapsulation& node, SourceRange& range) {
    return ids_.encapsulation(range, ast_, node);
  }

  NodeData of(const ast::Abbreviation& node, SourceRange& range) {
    const auto info = abbreviation(node.proto);
    if (!info) {
      return error(Kind::kWrongQualifier, range,
                   fmt::format("{} by itself is no test", quote(text_of(context_.text, range))),
                   node.proto == Proto::kRadio
                       ? "it has bytes: `radio[0]`"
                       : "say what of it: `ether host`, `ether proto` or `ether broadcast`");
    }
    const auto first = static_cast<std::uint32_t>(context_.out.ranges.size());
    for (const std::uint16_t value : info->values)
      context_.out.ranges.push_back({.lo = value, .hi = value});
    return resolved::Protocol{
        .proto = info->proto,
        .ranges = {.first = first, .count = static_cast<std::uint32_t>(info->values.size())}};
  }

  NodeData of(const Broadcast& node, SourceRange& range) {
    const Proto proto = node.proto;
    if (proto != Proto::kNone && proto != Proto::kLink && proto != Proto::kIp)
      return no_cast(proto, "broadcast", range);
    return node;
  }

  NodeData of(const Multicast& node, SourceRange& range) {
    const Proto proto = node.proto;
    const bool fits = proto == Proto::kNone || proto == Proto::kLink || proto == Proto::kIp ||
                      proto == Proto::kIp6;
    return fits ? NodeData(node) : no_cast(proto, "multicast", range);
  }

  NodeData no_cast(Proto proto, std::string_view what, SourceRange range) {
    return error(Kind::kWrongQualifier, range,
                 fmt::format("{} has no {} addresses of its own", quote(name_of(proto)), what),
                 fmt::format("write {}", quote(fmt::format("ether {}", what))));
  }

  NodeData of(const Index& node, SourceRange& range) {
    if (!has_bytes(node.proto)) {
      return error(Kind::kBadAccess, range,
                   fmt::format("{} cannot be indexed", quote(name_of(node.proto))),
                   "index the header before it, as in `ip[20]`");
    }
    if (node.size != 1 && node.size != 2 && node.size != 4) {
      return error(Kind::kBadAccess, range,
                   fmt::format("{} bytes cannot be read at once", node.size),
                   "read 1, 2 or 4, as in `ip[2:2]`");
    }
    return node;
  }

  NodeData of(const Binary& node, SourceRange&) {
    const auto* right = std::get_if<Constant>(&ast_.nodes[node.right].data);
    if (right == nullptr) return node;
    const SourceRange at = ast_.nodes[node.right].range;
    const bool divides = node.op == ArithOp::kDiv || node.op == ArithOp::kMod;
    const bool shifts = node.op == ArithOp::kShl || node.op == ArithOp::kShr;
    if (divides && right->value == 0)
      return error(Kind::kBadArithmetic, at, "division by zero", "write another number");
    if (shifts && right->value > 31) {
      return error(Kind::kBadArithmetic, at,
                   fmt::format("a shift by {} bits leaves nothing of 32", right->value),
                   "shift by at most 31");
    }
    return node;
  }

  template <typename Shared>
  NodeData of(const Shared& node, SourceRange&) {
    return node;
  }

  NodeData error(Kind kind, SourceRange range, std::string message, std::string hint) {
    context_.diagnostics.error(kind, range, std::move(message), std::move(hint));
    return Invalid{};
  }

  const Ast& ast_;
  Context& context_;
  Ids ids_;
};

}  // namespace

Resolved resolve(const Ast& ast, std::string_view text, const Options& options,
                 diag::Diagnostics& diagnostics) {
  Resolved out;
  Context context{.text = text, .options = options, .diagnostics = diagnostics, .out = out};
  Resolver(ast, context).run();
  return out;
}

}  // namespace weir::filter
