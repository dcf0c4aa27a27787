#include "filter/lower/context.h"

#include <fmt/format.h>

#include <utility>

namespace weir::filter::lower {

using ir::kNone;
using ir::Op;
using ir::ValueId;

Context::Context(const Resolved& resolved_ast, const Options& compile_options, ir::Memory memory,
                 diag::Diagnostics& found)
    : resolved(resolved_ast),
      options(compile_options),
      builder(memory),
      conditions(builder),
      diagnostics_(found) {
  if (is_wlan(options.link_type)) {
    if (options.link_type == LinkType::kIeee80211Radio) {
      // The length of the radiotap header, little-endian.
      const ValueId high = builder.binary_k(Op::kShl, builder.load(1, 3), 8);
      radiotap_ = builder.binary(Op::kOr, high, builder.load(1, 2));
    }
    wlan_param_ = builder.new_param(ir::Home::kIndex);
    wlan_payload_ = builder.param(wlan_param_);
  }
  layout = first_layout(options.link_type, radiotap_, wlan_payload_);
}

ValueId Context::base_of(const Offset& place) {
  if (place.base != kNone && place.base == radiotap_) uses_radiotap_ = true;
  if (place.base != kNone && place.base == wlan_payload_) uses_wlan_payload_ = true;
  return place.base;
}

ValueId Context::at(const Offset& place, std::uint32_t offset, std::uint8_t size) {
  return builder.load(size, base_of(place), place.constant + offset);
}

Offset Context::network_start() const {
  return {.base = layout.payload.base, .constant = layout.payload.constant + layout.network};
}

Offset Context::transport4() {
  const ValueId version_and_length = network(0, 1);
  const ValueId words = builder.binary_k(Op::kAnd, version_and_length, 0xf);
  ValueId length = builder.binary_k(Op::kShl, words, 2);
  if (layout.payload.base != kNone) {
    length = builder.binary(Op::kAdd, length, base_of(layout.payload));
  }
  return {.base = length, .constant = layout.payload.constant + layout.network};
}

Offset Context::transport6() {
  if (layout.past_extensions) return {.base = layout.ip6_transport};
  return {.base = layout.payload.base, .constant = layout.payload.constant + layout.network + 40};
}

ValueId Context::value_of(const Offset& place) {
  if (place.base == kNone) return builder.constant(place.constant);
  return builder.binary_k(Op::kAdd, base_of(place), place.constant);
}

Offset Context::moved(const Offset& place, ValueId by) {
  const ValueId base = base_of(place);
  return {.base = base == kNone ? by : builder.binary(Op::kAdd, by, base),
          .constant = place.constant};
}

ir::ParamId Context::zeroed_param(std::uint32_t bits) {
  zeroed_.push_back(builder.new_param(ir::Home::kIndex, bits));
  return zeroed_.back();
}

ConditionId Context::refuse(diag::Kind kind, std::string message, std::string hint) {
  diagnostics_.error(kind, range, std::move(message), std::move(hint));
  return Conditions::kFalse;
}

std::string Context::link_name() const {
  const LinkTypeInfo* info = find_link_type(layout.link_type);
  if (info == nullptr) return fmt::format("link type {}", std::to_underlying(layout.link_type));
  return fmt::format("`{}` ({})", info->name, info->description);
}

}  // namespace weir::filter::lower
