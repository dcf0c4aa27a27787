#include "packet/print/time_text.h"

namespace weir::packet {

void put_duration(Text& text, std::uint32_t seconds) {
  struct Unit {
    std::uint32_t seconds;
    char name;
  };
  constexpr Unit kUnits[] = {{31536000, 'y'}, {604800, 'w'}, {86400, 'd'},
                             {3600, 'h'},     {60, 'm'},     {1, 's'}};
  if (seconds == 0) return text.put("0s");
  for (const Unit& unit : kUnits) {
    if (seconds < unit.seconds) continue;
    text.number(seconds / unit.seconds);
    text.put(unit.name);
    seconds %= unit.seconds;
  }
}

void put_signed_duration(Text& text, std::int32_t seconds) {
  if (seconds >= 0) return put_duration(text, static_cast<std::uint32_t>(seconds));
  text.put('-');
  put_duration(text, 0u - static_cast<std::uint32_t>(seconds));
}

}  // namespace weir::packet
