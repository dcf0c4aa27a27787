#include "filter/resolve/lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/quote.h"
#include "filter/chars.h"
#include "filter/number.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;

bool ends_element(char c) { return is_space(c) || c == ',' || c == '#'; }

// `@path` or `@"path"`, without a backslash before a quoted character.
std::string path_of(std::string_view token) {
  token.remove_prefix(1);
  if (!token.starts_with('"')) return std::string(token);
  token = token.substr(1, token.size() - 2);
  std::string path;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '\\' && i + 1 < token.size()) ++i;
    path += token[i];
  }
  return path;
}

std::string name_of_file(std::string_view path) {
  return path == "-" ? "standard input" : quote(path);
}

// A name without the backslash before it; a backslash by itself stays, to be told as no name.
std::string_view unescaped(std::string_view name) {
  return name.size() > 1 && name.starts_with('\\') ? name.substr(1) : name;
}

std::string without_blanks(std::string_view text) {
  std::string out(text);
  std::erase_if(out, is_space);
  return out;
}

bool is_number(std::string_view text) { return parse_number(text).has_value(); }

// `8000-8100`: where the sign is, if both sides are numbers.
std::size_t range_sign(std::string_view text) {
  const std::size_t sign = text.find('-');
  if (sign == std::string_view::npos) return sign;
  const bool range = is_number(text.substr(0, sign)) && is_number(text.substr(sign + 1));
  return range ? sign : std::string_view::npos;
}

}  // namespace

void Lists::bad(const Element& element, std::string message, std::string hint) {
  context_.diagnostics.error(Kind::kBadList, element.place.range,
                             element.place.where + std::move(message), std::move(hint));
}

// --- where elements come from

// A list without elements has no sound meaning for the tests that also stand without a list, as
// `vlan`: so it is an error everywhere.
void Lists::each(const Ast& ast, PoolSpan items, const Add& add) {
  const std::uint32_t elements = count_;
  const std::size_t errors = context_.diagnostics.error_count();
  each_item(ast, items, add);
  if (count_ != elements || context_.diagnostics.error_count() != errors) return;
  const SourceRange range = ast.items[items.first].range;
  context_.diagnostics.error(Kind::kBadList, range,
                             fmt::format("the list in {} has no elements",
                                         name_of_file(path_of(text_of(context_.text, range)))),
                             "put something into it, or leave the test out");
}

void Lists::each_item(const Ast& ast, PoolSpan items, const Add& add) {
  for (std::uint32_t i = 0; i < items.count; ++i) {
    const ast::ListItem& item = ast.items[items.first + i];
    if (item.file) {
      each_in_file(item, add);
    } else {
      each_in_text(item, add);
    }
    if (context_.diagnostics.error_count() >= diag::Diagnostics::kMaxKept) return;
  }
}

void Lists::each_in_text(const ast::ListItem& item, const Add& add) {
  if (++count_ > context_.options.limits.max_list) {
    context_.diagnostics.error(
        Kind::kTooLarge, item.range,
        fmt::format("the lists have more than {} elements", context_.options.limits.max_list),
        "give networks in the place of their addresses");
    return;
  }
  const std::string_view text = text_of(context_.text, item.range);
  // Only a range or a prefix can have blanks inside.
  if (std::ranges::none_of(text, is_space))
    return add({.text = text, .place = {.range = item.range, .where = {}}});
  const std::string joined = without_blanks(text);
  add({.text = joined, .place = {.range = item.range, .where = {}}});
}

std::optional<std::string> Lists::load(diag::SourceRange range, const std::string& path) {
  if (!context_.options.load_list) {
    context_.diagnostics.error(Kind::kBadList, range, "lists are not read from files here",
                               "write the elements into braces");
    return std::nullopt;
  }
  Result<std::string> content = context_.options.load_list(path);
  if (content) return std::move(*content);
  context_.diagnostics.error(Kind::kBadList, range, std::move(content.error().message),
                             std::move(content.error().hint));
  return std::nullopt;
}

void Lists::each_in_file(const ast::ListItem& item, const Add& add) {
  const std::string path = path_of(text_of(context_.text, item.range));
  const auto content = load(item.range, path);
  if (!content) return;
  const std::string_view text = *content;
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '#') at = std::min(text.find('\n', at), text.size());
    if (at == text.size()) return;
    if (ends_element(text[at])) {
      line += text[at++] == '\n' ? 1 : 0;
      continue;
    }
    const auto* const end = std::find_if(text.begin() + at, text.end(), ends_element);
    const std::string_view element =
        text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
    at += element.size();
    const std::size_t errors = context_.diagnostics.error_count();
    if (++count_ > context_.options.limits.max_list) {
      context_.diagnostics.error(Kind::kTooLarge, item.range,
                                 fmt::format("{}:{}: the lists have more than {} elements", path,
                                             line, context_.options.limits.max_list),
                                 "give networks in the place of their addresses");
      return;
    }
    add({.text = element,
         .place = {.range = item.range, .where = fmt::format("{}:{}: ", path, line)}});
    if (errors != context_.diagnostics.error_count() && errors + 1 >= diag::Diagnostics::kMaxKept)
      return;
  }
}

// --- ports and other numbers

void Lists::ports(const Ast& ast, PoolSpan items, Proto proto) {
  each(ast, items, [&](const Element& element) { port(element, proto); });
}

// In a list the name of a service is its number, and says nothing of the transport.
void Lists::port(const Element& element, Proto proto) {
  const std::string_view name = unescaped(element.text);
  if (is_digit(name.front())) return number(element, {.name = "port", .max = 65535});
  const auto found = lookup_.service(name, proto, element.place);
  if (found) context_.out.ranges.push_back({.lo = found->port, .hi = found->port});
}

void Lists::protocols(const Ast& ast, PoolSpan items, Proto proto, NumberField field) {
  each(ast, items, [&](const Element& element) {
    if (is_digit(element.text.front())) return number(element, field);
    const std::string_view name = unescaped(element.text);
    const auto found = lookup_.protocol(name, proto, element.place);
    if (found) context_.out.ranges.push_back({.lo = *found, .hi = *found});
  });
}

void Lists::numbers(const Ast& ast, PoolSpan items, NumberField field) {
  each(ast, items, [&](const Element& element) { number(element, field); });
}

void Lists::number(const Element& element, NumberField field) {
  const std::size_t sign = range_sign(element.text);
  const std::string_view first = element.text.substr(0, sign);
  const auto lo = one_number(element, first, field);
  const auto hi = sign == std::string_view::npos
                      ? lo
                      : one_number(element, element.text.substr(sign + 1), field);
  if (lo && hi) context_.out.ranges.push_back({.lo = std::min(*lo, *hi), .hi = std::max(*lo, *hi)});
}

std::optional<std::uint32_t> Lists::one_number(const Element& element, std::string_view text,
                                               NumberField field) {
  const auto value = parse_number(text);
  if (!value) {
    bad(element, fmt::format("{} is no {}", quote(text), field.name),
        "an element is a number, or a range as `100-200`");
    return std::nullopt;
  }
  if (*value <= field.max) return *value;
  context_.diagnostics.error(
      Kind::kOutOfRange, element.place.range,
      fmt::format("{}{} {} is out of range", element.place.where, field.name, *value),
      fmt::format("the largest is {}", field.max));
  return std::nullopt;
}

}  // namespace weir::filter
