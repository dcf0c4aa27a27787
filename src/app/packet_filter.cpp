#include "app/packet_filter.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "isa/classic.h"

namespace weir::app {

PacketFilter::PacketFilter(ExpressionOptions options)
    : expression_(std::move(options)), matches_all_(expression_.is_empty()) {}

void PacketFilter::begin_source(std::endian capture_order) {
  if (capture_order == capture_order_) return;
  capture_order_ = capture_order;
  std::erase_if(compiled_,
                [](const Compiled& compiled) { return compiled.link_type == LinkType::kNull; });
}

Outcome<Remarks> PacketFilter::prepare(LinkType link_type) {
  Outcome<CompiledExpression> compiled = expression_.compile(link_type, capture_order_);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  keep(link_type, std::move(compiled->program));
  return std::move(compiled->remarks);
}

Outcome<Remarks> PacketFilter::check(LinkType link_type) const {
  if (matches_all_) return Remarks{};
  Outcome<CompiledExpression> compiled = expression_.compile(link_type, capture_order_);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  return std::move(compiled->remarks);
}

void PacketFilter::reject(LinkType link_type) { keep(link_type, {isa::stmt(isa::kRetK, 0)}); }

void PacketFilter::keep(LinkType link_type, ClassicProgram program) {
  auto code = vm::DecodedClassic::decode(std::move(program));
  WEIR_CHECK(code.has_value());  // the compiler makes no other
  compiled_.push_back({.link_type = link_type, .code = std::move(*code)});
}

}  // namespace weir::app
