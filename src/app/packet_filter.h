// PacketFilter: one expression, compiled once for every link type that turns up, and run on
// packets.
#pragma once

#include <algorithm>
#include <bit>
#include <vector>

#include <weir/packet.h>

#include "app/expression.h"
#include "app/failure.h"
#include "base/check.h"
#include "vm/classic_decoded.h"

namespace weir::app {

class PacketFilter {
 public:
  // An empty expression matches every packet of any link type and is never compiled.
  explicit PacketFilter(ExpressionOptions options);

  // From here on packets come from a machine of this byte order.
  void begin_source(std::endian capture_order);
  // Makes ready for packets of this link type; gives the compiler's warnings the first time.
  Outcome<Remarks> prepare(LinkType link_type);
  bool prepared(LinkType link_type) const { return matches_all_ || find(link_type) != nullptr; }
  // The same, without keeping anything.
  Outcome<Remarks> check(LinkType link_type) const;
  // Packets of this link type match not at all.
  void reject(LinkType link_type);
  // Whether no link type was made ready for yet.
  bool unused() const { return compiled_.empty(); }
  // Takes the packet for one of this link type, whatever it says. REQUIRES: prepared(link_type).
  bool matches(const Packet& packet, LinkType link_type) const {
    if (matches_all_) return true;
    const Compiled* compiled = find(link_type);
    WEIR_CHECK(compiled != nullptr);
    return compiled->code.run(packet.bytes, packet.wire_length) != 0;
  }

  const Expression& expression() const { return expression_; }

 private:
  struct Compiled {
    LinkType link_type;
    vm::DecodedClassic code;
  };
  const Compiled* find(LinkType link_type) const {
    const auto found = std::ranges::find(compiled_, link_type, &Compiled::link_type);
    return found == compiled_.end() ? nullptr : &*found;
  }
  void keep(LinkType link_type, ClassicProgram program);

  Expression expression_;
  bool matches_all_;  // the expression is empty
  std::endian capture_order_ = std::endian::native;
  std::vector<Compiled> compiled_;  // a capture has few link types
};

}  // namespace weir::app
