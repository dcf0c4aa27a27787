// The reference of the comparisons: libpcap's unoptimised code, mended, in the checked interpreter.
#pragma once

#include <cstdint>
#include <optional>

#include "diff/filter/packet_gen.h"
#include "diff/filter/query.h"

namespace weir::difftest {

Compiled reference_compile(const Query& query);

// What the reference says of a packet.
struct Expected {
  std::optional<std::uint32_t> verdict;  // nothing: it reads an unset cell, or does not end
  std::uint32_t without_dead_loads = 0;  // as good a verdict; see drop_dead_loads()
  bool read_unset = false;
  bool endless = false;

  bool allows(std::uint32_t actual) const {
    return actual == verdict || actual == without_dead_loads;
  }
};

class Reference {
 public:
  explicit Reference(ClassicProgram code);

  Expected expect(const SamplePacket& packet) const;

 private:
  ClassicProgram code_;
  ClassicProgram without_dead_loads_;
};

}  // namespace weir::difftest
