// From what was asked for to rings: interfaces found, link types chosen, filters compiled.
#pragma once

#include <span>
#include <vector>

#include "app/capture.h"
#include "app/expression.h"
#include "app/live_capture.h"
#include "capture/ring.h"

namespace weir::app {

struct LiveRing {
  capture::RingOptions options;
  std::optional<std::string> kernel_cannot;  // as in LiveFilter
  Remarks remarks;                           // warnings about the expression
  // The expression matches no packet of the link type, and the filter rejects all. Then the
  // expression matches some of another ring's.
  std::optional<Failure> never_matches;
};

// What packets are cut to when nobody says.
inline constexpr std::uint32_t kDefaultSnaplen = 262144;
// Measured: docs/benchmarks.md.
inline constexpr std::uint32_t kDefaultRingKib = 4096;

// REQUIRES: the expression's snaplen is what packets are cut to.
Outcome<std::vector<LiveRing>> plan_rings(const CaptureOptions& options, const LiveOptions& live,
                                          const Expression& expression,
                                          std::span<const os::Link> links);

// Of the first interface that has one: `ip broadcast` asks for it.
std::optional<std::uint32_t> netmask_of(const LiveOptions& live, std::span<const os::Link> links);

}  // namespace weir::app
