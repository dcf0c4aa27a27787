// What the primitives of one expression share while they are lowered: where headers lie at this
// point of the text, and the ways to read them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "filter/compile.h"
#include "filter/ir/builder.h"
#include "filter/lower/conditions.h"
#include "filter/lower/layout.h"
#include "filter/resolved.h"

namespace weir::filter::lower {

class Context {
 public:
  Context(const Resolved& resolved_ast, const Options& compile_options, ir::Memory memory,
          diag::Diagnostics& found);

  const Resolved& resolved;
  const Options& options;
  ir::Builder builder;
  Conditions conditions;
  Layout layout;
  diag::SourceRange range;  // of the primitive that is lowered now

  // `size` bytes at `offset` from ...
  ir::ValueId at(const Offset& place, std::uint32_t offset, std::uint8_t size);
  // ... the link-layer header,
  ir::ValueId link(std::uint32_t offset, std::uint8_t size) {
    return at(layout.link_header, offset, size);
  }
  // ... the field that tells the payload's protocol,
  ir::ValueId type_field(std::uint32_t offset, std::uint8_t size) {
    return at(layout.type_field, offset, size);
  }
  // ... the link layer's payload, which may begin with an LLC header,
  ir::ValueId payload(std::uint32_t offset, std::uint8_t size) {
    return at(layout.payload, offset, size);
  }
  // ... the network header,
  ir::ValueId network(std::uint32_t offset, std::uint8_t size) {
    return at(layout.payload, layout.network + offset, size);
  }
  // ... the same without a SNAP header before it,
  ir::ValueId network_without_snap(std::uint32_t offset, std::uint8_t size) {
    return at(layout.payload, layout.network_without_snap + offset, size);
  }
  // ... the header behind the IPv4 header,
  ir::ValueId transport4(std::uint32_t offset, std::uint8_t size) {
    return at(transport4(), offset, size);
  }
  // ... the header behind the IPv6 header, or inside `ip6ext` behind its extension headers.
  ir::ValueId transport6(std::uint32_t offset, std::uint8_t size) {
    return at(transport6(), offset, size);
  }

  Offset network_start() const;
  Offset transport4();
  Offset transport6();
  // The offset as a value.
  ir::ValueId value_of(const Offset& place);
  // place + value.
  Offset moved(const Offset& place, ir::ValueId by);

  // A parameter that is 0 until something assigns it; `bits` are those that it can have.
  ir::ParamId zeroed_param(std::uint32_t bits = 0xffffffff);
  const std::vector<ir::ParamId>& zeroed_params() const { return zeroed_; }

  bool uses_radiotap() const { return uses_radiotap_ || uses_wlan_payload_; }
  bool uses_wlan_payload() const { return uses_wlan_payload_; }
  ir::ParamId wlan_param() const { return wlan_param_; }
  ir::ValueId radiotap() const { return radiotap_; }

  // Reports why the primitive cannot be had here; the condition is only there to go on with.
  ConditionId refuse(diag::Kind kind, std::string message, std::string hint);
  // The name of the link type as the user knows it, in back quotes.
  std::string link_name() const;

 private:
  ir::ValueId base_of(const Offset& place);

  diag::Diagnostics& diagnostics_;
  std::vector<ir::ParamId> zeroed_;
  ir::ValueId radiotap_ = ir::kNone;
  ir::ValueId wlan_payload_ = ir::kNone;
  ir::ParamId wlan_param_ = ir::kNone;
  bool uses_radiotap_ = false;
  bool uses_wlan_payload_ = false;
};

}  // namespace weir::filter::lower
