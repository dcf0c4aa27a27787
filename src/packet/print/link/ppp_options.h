// The options of PPP's control protocols, as tables describe them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ppp {

// Prints an option, from its type on; false when nothing behind it should be read.
using OptionPrinter = bool (*)(Line&, const View& option);

enum class Length : std::uint8_t { kAtLeast, kExactly };

struct OptionInfo {
  std::uint8_t type;
  std::string_view name;
  OptionPrinter print = nullptr;  // null: hex
  Length rule = Length::kAtLeast;
  std::size_t size = 2;
  bool bad_length_ends = false;  // nothing behind a broken one is read
};

std::span<const OptionInfo> lcp_options();

}  // namespace weir::packet::ppp
