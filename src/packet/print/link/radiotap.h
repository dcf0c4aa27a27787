// The parts of radiotap: the fields that a header may have, by the bit that tells of each.
#pragma once

#include <cstddef>
#include <cstdint>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::radiotap {

// What fields tell the printers of others.
struct State {
  std::uint32_t present = 0;  // the word of presence bits that is read
  std::uint8_t flags = 0;
};

struct RadioField {
  std::uint32_t bit;
  std::size_t alignment;
  std::size_t size;
  void (*print)(Line&, const View& data, State&);
};

// nullptr when it is not known, nor then where the next one begins.
const RadioField* find_field(std::uint32_t bit);

}  // namespace weir::packet::radiotap
