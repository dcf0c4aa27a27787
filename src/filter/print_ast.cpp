#include <fmt/format.h>

#include <variant>

#include "diag/quote.h"
#include "filter/ast.h"
#include "filter/node_text.h"
#include "filter/tree_text.h"

namespace weir::filter {
namespace {

std::string_view type_text(IdType type) { return type == IdType::kNone ? "any" : name_of(type); }

class AstPrinter {
 public:
  AstPrinter(const Ast& ast, std::string_view text)
      : text_(text), pools_{.numbers = ast.numbers, .flags = ast.flags, .bytes = ast.bytes} {}

  std::string line(const ast::Node& node) const {
    return std::visit([&](const auto& data) { return of(data, node.range); }, node.data);
  }

 private:
  std::string qualified(const ast::Qualifiers& q, std::string_view what,
                        diag::SourceRange range) const {
    return fmt::format("{} {} proto={} dir={} type={}", what, diag::quote(text_of(text_, range)),
                       proto_text(q.proto), dir_text(q.dir), type_text(q.type));
  }

  std::string of(const ast::NameId& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "name", r);
  }
  std::string of(const ast::NumberId& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "number", r);
  }
  std::string of(const ast::Ip4Id& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "ip4", r);
  }
  std::string of(const ast::Ip4MaskId& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "ip4", r);
  }
  std::string of(const ast::Ip6Id& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "ip6", r);
  }
  std::string of(const ast::MacId& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "mac", r);
  }
  std::string of(const ast::ArcnetId& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "arcnet", r);
  }
  std::string of(const ast::SetId& d, diag::SourceRange r) const {
    return qualified(d.qualifiers, "set", r);
  }

  std::string of(const ast::Abbreviation& d, diag::SourceRange) const {
    return fmt::format("protocol {}", name_of(d.proto));
  }

  std::string of(const ast::Encapsulation& d, diag::SourceRange range) const {
    return fmt::format("{} {}", name_of(d.encap), diag::quote(text_of(text_, range)));
  }

  template <typename Shared>
  std::string of(const Shared& data, diag::SourceRange) const {
    return filter::text_of(data, pools_);
  }

  std::string_view text_;
  SharedPools pools_;
};

}  // namespace

std::string print_ast(const Ast& ast, std::string_view text) {
  if (ast.empty()) return "everything\n";
  const AstPrinter printer(ast, text);
  return print_tree(ast.nodes, ast.root(),
                    [&](const ast::Node& node) { return printer.line(node); });
}

}  // namespace weir::filter
