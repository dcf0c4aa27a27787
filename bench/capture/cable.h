// Two network namespaces and a cable between them: `near`, where this process and what it starts
// are, and one from which a flood of small UDP packets comes. They go with the process.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <weir/result.h>

#include "base/fd.h"

namespace weir::bench {

inline const std::string kNearEnd = "v0";

class Cable {
 public:
  // Takes this process into a network of its own. An Error when it may not.
  static Result<Cable> lay();

  // Sends that many packets, `rate` a second or, when that is 0, as fast as it can. Returns the
  // seconds it took.
  double flood(std::uint64_t packets, std::uint64_t rate);

 private:
  explicit Cable(Fd sender) : sender_(std::move(sender)) {}

  Fd sender_;
};

// This process, and what it starts from now on, runs on that processor, if there is such a one.
void run_on(unsigned processor);

}  // namespace weir::bench
