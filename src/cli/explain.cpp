// weir explain.
#include "app/explain.h"

#include <limits>

#include "cli/front_end.h"

namespace weir::cli {
namespace {

Result<app::ExplainOptions> explain_options(const Arguments& arguments) {
  if (arguments.words.empty() && !arguments.has(Option::kExpressionFile)) {
    return usage_error("no expression to explain",
                       "write it behind the options, or in a file with `-F FILE`");
  }
  if (arguments.has(Option::kPacket) && !arguments.has(Option::kRead)) {
    return usage_error("a packet without a capture file", "name the file with `-r FILE`");
  }
  const auto number =
      arguments.number(Option::kPacket, 1, std::numeric_limits<std::int64_t>::max());
  if (!number) return std::unexpected(number.error());
  Result<app::ExpressionOptions> expression = expression_options(arguments);
  if (!expression) return std::unexpected(expression.error());
  app::ExplainOptions options;
  if (arguments.has(Option::kLinkType)) options.link_type = expression->link_type;
  options.expression = std::move(*expression);
  options.capture = arguments.optional_value(Option::kRead);
  options.packet_number = *number;
  return options;
}

}  // namespace

int run_explain(const Arguments& arguments, Console& console) {
  const Result<app::ExplainOptions> options = explain_options(arguments);
  if (!options) return report(options.error(), console);
  const app::Outcome<app::Explanation> explanation = app::explain(*options);
  if (!explanation) return report(explanation.error(), arguments, console);
  report(explanation->remarks, console);
  console.out.write(arguments.has(Option::kJson) ? app::render_json(*explanation)
                                                 : app::render(*explanation));
  return kDone;
}

}  // namespace weir::cli
