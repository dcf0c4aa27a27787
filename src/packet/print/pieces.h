// Pieces of text that printers of many protocols have in common.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet {

// All of `size` characters; those that are there are shown before the text is cut.
inline void put_counted(Line& line, const View& view, std::size_t at, std::size_t size) {
  for (std::size_t i = 0; i < size && view.need(at + i, 1); ++i) line.escaped(view.data()[at + i]);
}

// What nothing more is known of: as much as is there of `size` bytes, in hex.
inline void put_unknown(Line& line, const View& view, std::size_t at, std::size_t size,
                        std::string_view indent) {
  const View rest = view.from(at);
  line.hex_lines(rest.claiming(std::min(size, rest.captured())), indent);
}

// "1h2m3s": in its largest units, without those that are none.
inline void put_duration(Line& line, std::uint32_t seconds) {
  struct Unit {
    std::uint32_t seconds;
    char name;
  };
  static constexpr Unit kUnits[] = {{31536000, 'y'}, {604800, 'w'}, {86400, 'd'},
                                    {3600, 'h'},     {60, 'm'},     {1, 's'}};
  if (seconds == 0) return line.put("0s");
  for (const Unit& unit : kUnits) {
    if (seconds < unit.seconds) continue;
    line.print("{}{}", seconds / unit.seconds, unit.name);
    seconds %= unit.seconds;
  }
}

// An address of OSI: "49.0001.1921.6800.1001.00".
inline std::string nsap_text(std::span<const std::byte> address) {
  if (address.empty() || address.size() > 20) return "isonsap_string: illegal length";
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (i % 2 == 1) out += '.';
    fmt::format_to(std::back_inserter(out), "{:02x}", std::to_integer<unsigned>(address[i]));
  }
  return out;
}

}  // namespace weir::packet
