// Filter of include/weir/filter.h.
#include <utility>

#include <weir/filter.h>

#include "app/expression.h"
#include "vm/classic_interpreter.h"

namespace weir {
namespace {

app::ExpressionOptions expression_options(std::string_view expression,
                                          const FilterOptions& options) {
  app::ExpressionOptions out;
  out.text = expression;
  out.source = "expression";
  out.link_type = options.link_type;
  out.snaplen = options.snaplen;
  out.optimize = options.optimize;
  out.strict = options.strict;
  out.names = options.names;
  out.live = options.live;
  out.netmask = options.netmask;
  return out;
}

}  // namespace

Result<Filter> Filter::compile(std::string_view expression, const FilterOptions& options) {
  const app::Expression compiler(expression_options(expression, options));
  auto compiled = compiler.compile(options.link_type, options.capture_order);
  if (compiled) return Filter(std::move(compiled->program));
  return fail(app::render(compiled.error(), false));
}

bool Filter::matches(std::span<const std::byte> bytes, std::uint32_t wire_length) const {
  return vm::run_classic(program_, {.bytes = bytes, .wire_length = wire_length}).verdict != 0;
}

}  // namespace weir
