#include "app/packet_filter.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "isa/classic.h"
#include "vm/classic_interpreter.h"

namespace weir::app {

PacketFilter::PacketFilter(ExpressionOptions options)
    : expression_(std::move(options)), matches_all_(expression_.is_empty()) {}

const PacketFilter::Compiled* PacketFilter::find(LinkType link_type) const {
  const auto found = std::ranges::find(compiled_, link_type, &Compiled::link_type);
  return found == compiled_.end() ? nullptr : &*found;
}

void PacketFilter::begin_source(std::endian capture_order) {
  if (capture_order == capture_order_) return;
  capture_order_ = capture_order;
  std::erase_if(compiled_,
                [](const Compiled& compiled) { return compiled.link_type == LinkType::kNull; });
}

Outcome<Remarks> PacketFilter::prepare(LinkType link_type) {
  Outcome<CompiledExpression> compiled = expression_.compile(link_type, capture_order_);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  compiled_.push_back({.link_type = link_type, .program = std::move(compiled->program)});
  return std::move(compiled->remarks);
}

Outcome<Remarks> PacketFilter::check(LinkType link_type) const {
  if (matches_all_) return Remarks{};
  Outcome<CompiledExpression> compiled = expression_.compile(link_type, capture_order_);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  return std::move(compiled->remarks);
}

void PacketFilter::reject(LinkType link_type) {
  compiled_.push_back({.link_type = link_type, .program = {isa::stmt(isa::kRetK, 0)}});
}

bool PacketFilter::matches(const Packet& packet) const {
  if (matches_all_) return true;
  const Compiled* compiled = find(packet.link_type);
  WEIR_CHECK(compiled != nullptr);
  const vm::ClassicInput input{.bytes = packet.bytes, .wire_length = packet.wire_length};
  return vm::run_classic(compiled->program, input).verdict != 0;
}

}  // namespace weir::app
