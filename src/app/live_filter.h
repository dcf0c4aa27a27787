// What decides about the packets of a live capture: code for the kernel, and code for user space
// where the kernel cannot run the expression.
#pragma once

#include <optional>
#include <string>

#include <weir/classic.h>
#include <weir/link_type.h>

#include "app/expression.h"
#include "app/failure.h"

namespace weir::app {

enum class Directions : std::uint8_t { kBoth, kIn, kOut };

struct LiveFilterRequest {
  LinkType link_type = LinkType::kEn10mb;
  bool cooked = false;
  Directions directions = Directions::kBoth;
  // What a loopback interface sends is seen a second time as it comes in: its index, or 0.
  std::uint32_t loopback_index = 0;
  bool only_loopback = false;  // no other interface is listened on
};

struct LiveFilter {
  ClassicProgram kernel;           // the expression, and the directions
  ClassicProgram kernel_fallback;  // the directions alone
  // Null: the kernel does it all. Otherwise why it cannot, for a warning; user_code() has to
  // decide.
  std::optional<std::string> kernel_cannot;
  Remarks remarks;  // warnings about the expression
};

Outcome<LiveFilter> make_live_filter(const Expression& expression,
                                     const LiveFilterRequest& request);

}  // namespace weir::app
