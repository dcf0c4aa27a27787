#include "cli/front_end.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/suggest.h"

namespace weir::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

// Fills in the text, from the words or from a file.
Result<> set_text(const Arguments& arguments, app::ExpressionOptions& options) {
  const std::optional<std::string> file = arguments.optional_value(Option::kExpressionFile);
  if (!file) {
    options.text = joined(arguments.words);
    options.source = "expression";
    return {};
  }
  if (!arguments.words.empty()) {
    return usage_error(
        fmt::format("an expression, `{}`, beside `-F {}`", joined(arguments.words), *file),
        "give one of the two");
  }
  Result<std::string> text = app::read_expression(*file);
  if (!text) return std::unexpected(text.error());
  options.text = std::move(*text);
  options.source = *file;
  options.comments = true;
  return {};
}

// "255.255.255.0" to host order.
std::optional<std::uint32_t> parse_dotted_quad(std::string_view text) {
  std::uint32_t out = 0;
  for (int i = 0; i < 4; ++i) {
    const std::size_t dot = i == 3 ? text.size() : text.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot > 3) return std::nullopt;
    std::uint32_t octet = 0;
    for (const char c : text.substr(0, dot)) {
      if (c < '0' || c > '9') return std::nullopt;
      octet = octet * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (octet > 255) return std::nullopt;
    out = out << 8 | octet;
    text.remove_prefix(i == 3 ? dot : dot + 1);
  }
  return out;
}

// Standard input can be read once; a list that asks for it, too, is told by the compiler.
Result<> set_stdin_reader(const Arguments& arguments, app::ExpressionOptions& options) {
  const bool packets = std::ranges::any_of(arguments.values(Option::kRead), app::is_standard_input);
  const bool text =
      std::ranges::any_of(arguments.values(Option::kExpressionFile), app::is_standard_input);
  if (packets && text) {
    return usage_error("`-r` and `-F` both read standard input", "put the expression into a file");
  }
  if (packets) options.stdin_reader = "-r -";
  if (text) options.stdin_reader = "-F -";
  return {};
}

Result<> set_netmask(const Arguments& arguments, app::ExpressionOptions& options) {
  const std::optional<std::string> text = arguments.optional_value(Option::kNetmask);
  if (!text) return {};
  options.netmask = parse_dotted_quad(*text);
  if (options.netmask) return {};
  return usage_error(fmt::format("`{}` is no netmask", *text), "write it as `255.255.255.0`");
}

Result<> set_snaplen(const Arguments& arguments, app::ExpressionOptions& options) {
  const bool wanted = arguments.has(Option::kSnaplen) || !arguments.value(Option::kSnaplen).empty();
  if (!wanted) return {};
  const Result<std::uint64_t> snaplen =
      arguments.number(Option::kSnaplen, 0, std::numeric_limits<std::int32_t>::max());
  if (!snaplen) return std::unexpected(snaplen.error());
  if (*snaplen != 0) options.snaplen = static_cast<std::uint32_t>(*snaplen);
  return {};
}

std::unexpected<Error> unknown_link_type(std::string_view text) {
  std::vector<std::string_view> names;
  for (const LinkTypeInfo& info : link_types()) names.push_back(info.name);
  const std::string_view meant = closest_word(text, names);
  return usage_error(fmt::format("unknown link type `{}`", text),
                     meant.empty()
                         ? "a name as `EN10MB` or a number of tcpdump.org/linktypes.html is wanted"
                         : fmt::format("did you mean `{}`?", meant));
}

// Where the results are lines of JSON, one a packet, a failure among them would be taken for one.
bool tells_failures_as_json(const Arguments& arguments) {
  return arguments.has(Option::kJson) && arguments.verb->verb != Verb::kCapture;
}

}  // namespace

int report(const app::Failure& failure, const Arguments& arguments, Console& console) {
  console.out.flush();
  if (tells_failures_as_json(arguments)) {
    console.out.write(app::render_json(failure));
  } else {
    console.err.write(app::render(failure, console.color));
  }
  return failure.error.message.empty() ? kInputWrong : app::exit_code(failure.error.kind);
}

int report(const Error& error, Console& console) {
  console.err.write(app::render(error));
  return app::exit_code(error.kind);
}

void report(const app::Remarks& remarks, Console& console) {
  if (!remarks.empty()) console.err.write(app::render(remarks, console.color));
}

Result<std::optional<LinkType>> link_type_option(const Arguments& arguments) {
  const std::string_view text = arguments.value(Option::kLinkType);
  if (text.empty() && !arguments.has(Option::kLinkType)) return std::nullopt;
  const std::optional<LinkType> link_type = parse_link_type(text);
  if (!link_type) return unknown_link_type(text);
  return link_type;
}

Result<app::ExpressionOptions> expression_options(const Arguments& arguments) {
  app::ExpressionOptions options;
  const Result<std::optional<LinkType>> link_type = link_type_option(arguments);
  if (!link_type) return std::unexpected(link_type.error());
  options.link_type = link_type->value_or(LinkType::kEn10mb);
  options.optimize = !arguments.has(Option::kNoOptimize);
  options.strict = arguments.has(Option::kStrict);
  options.names = !arguments.has(Option::kNoNames);
  options.live = arguments.has(Option::kLive);
  for (const std::string& pass : arguments.values(Option::kDisablePass))
    options.disabled_passes.push_back(pass);
  for (const auto set : {set_stdin_reader, set_snaplen, set_netmask, set_text}) {
    if (const Result<> done = set(arguments, options); !done) return std::unexpected(done.error());
  }
  return options;
}

}  // namespace weir::cli
