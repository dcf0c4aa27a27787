// Filter of include/weir/filter.h.
#include <utility>

#include <weir/filter.h>

#include "app/expression.h"
#include "base/check.h"
#include "vm/classic_decoded.h"

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

struct Filter::Code {
  vm::DecodedClassic decoded;
};

Result<Filter> Filter::compile(std::string_view expression, const FilterOptions& options) {
  const app::Expression compiler(expression_options(expression, options));
  auto compiled = compiler.compile(options.link_type, options.capture_order);
  if (!compiled) return fail(app::render(compiled.error(), false));
  auto decoded = vm::DecodedClassic::decode(std::move(compiled->program));
  WEIR_CHECK(decoded.has_value());  // the compiler makes no other
  return Filter(std::make_shared<const Code>(std::move(*decoded)));
}

bool Filter::matches(std::span<const std::byte> bytes, std::uint32_t wire_length) const {
  return code_->decoded.run(bytes, wire_length) != 0;
}

const ClassicProgram& Filter::program() const { return code_->decoded.program(); }

}  // namespace weir
