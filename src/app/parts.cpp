#include "app/parts.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <variant>

#include "app/explain_words.h"

namespace weir::app {
namespace {

using filter::NodeId;

template <typename T>
const T* as(const filter::Resolved& resolved, NodeId id) {
  return std::get_if<T>(&resolved.nodes[id].data);
}

PartKind kind_of(const filter::Resolved& resolved, NodeId id) {
  if (as<filter::And>(resolved, id) != nullptr) return PartKind::kAll;
  if (as<filter::Or>(resolved, id) != nullptr) return PartKind::kAny;
  if (as<filter::Not>(resolved, id) != nullptr) return PartKind::kNot;
  if (as<filter::Scope>(resolved, id) != nullptr) return PartKind::kScope;
  return PartKind::kTest;
}

// Children in the order of the text; a chain of the same operator is taken apart by the caller.
std::vector<NodeId> children_of(const filter::Resolved& resolved, NodeId id) {
  if (const auto* both = as<filter::And>(resolved, id)) return {both->left, both->right};
  if (const auto* either = as<filter::Or>(resolved, id)) return {either->left, either->right};
  if (const auto* negated = as<filter::Not>(resolved, id)) return {negated->operand};
  if (const auto* scope = as<filter::Scope>(resolved, id)) return {scope->opening, scope->body};
  return {};
}

std::string one_line(std::string_view text) {
  constexpr std::size_t kMaxShown = 72;
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.size() > kMaxShown) out = out.substr(0, kMaxShown - 3) + "...";
  return out;
}

// What was written for a test, behind the qualifiers that it has or inherits.
std::string text_of_test(const filter::Ast& ast, NodeId id, std::string_view text) {
  const filter::ast::Node& node = ast.nodes[id];
  const std::string own(filter::text_of(text, node.range));
  return std::visit(
      [&](const auto& data) {
        if constexpr (requires { data.head; }) {
          const std::string head(filter::text_of(text, ast.heads[data.head]));
          return one_line(head.empty() ? own : head + " " + own);
        } else {
          return one_line(own);
        }
      },
      node.data);
}

constexpr std::string_view kCombinations[] = {"", "all of these hold", "any of these holds",
                                              "this does not hold",
                                              "behind this header, the rest holds"};

Part describe(const filter::Ast& ast, const filter::Resolved& resolved, std::string_view text,
              NodeId id) {
  Part part;
  part.kind = kind_of(resolved, id);
  if (part.kind == PartKind::kTest) {
    part.text = text_of_test(ast, id, text);
    part.meaning = meaning_of(resolved, id);
  } else {
    part.meaning = kCombinations[static_cast<std::size_t>(part.kind)];
  }
  return part;
}

// A node on the way down, and the chain that it belongs to if it continues one.
struct Open {
  NodeId node;
  std::uint32_t depth;
  PartKind parent;
};

bool continues_chain(PartKind kind, PartKind parent) {
  return kind == parent && (kind == PartKind::kAll || kind == PartKind::kAny);
}

}  // namespace

std::vector<PartNode> list_parts(const filter::Ast& ast, const filter::Resolved& resolved,
                                 std::string_view text) {
  std::vector<PartNode> out;
  if (resolved.empty()) return out;
  std::vector<Open> open = {{.node = resolved.root(), .depth = 0, .parent = PartKind::kTest}};
  while (!open.empty()) {
    const Open at = open.back();
    open.pop_back();
    const PartKind kind = kind_of(resolved, at.node);
    const bool continued = continues_chain(kind, at.parent);
    if (!continued) {
      Part part = describe(ast, resolved, text, at.node);
      part.depth = at.depth;
      out.push_back({.part = std::move(part), .node = at.node});
    }
    const std::vector<NodeId> children = children_of(resolved, at.node);
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      open.push_back(
          {.node = *child, .depth = continued ? at.depth : at.depth + 1, .parent = kind});
    }
  }
  return out;
}

}  // namespace weir::app
