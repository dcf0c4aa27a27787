// The parts of the printer for wireless LANs (IEEE 802.11).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ieee80211 {

inline constexpr std::size_t kSourceAt = 10;  // of a management frame
inline constexpr std::size_t kManagementHeader = 24;

struct FrameCheck {
  bool is_padded = false;        // the header fills words of 4 bytes
  std::size_t check_length = 0;  // of the sum behind the frame
};
// Returns how long its headers are.
std::size_t print_frame(Line& line, const View& view, const FrameCheck& check);

// What a management frame holds, of which `frame` is the whole; false when it is cut short.
bool print_management(Line& line, const View& frame, std::size_t header_length);
// Behind the header of an encrypted frame; false when it is cut short.
bool print_wep(Line& line, const View& body);

// Codes of frames that end something or answer.
std::string_view status_text(std::uint16_t code);
std::string_view reason_text(std::uint16_t code);

}  // namespace weir::packet::ieee80211
