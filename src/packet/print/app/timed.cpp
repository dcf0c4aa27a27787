// The time synchronization protocol of 4.3BSD's timed.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::timed {
namespace {

constexpr Field kFields[] = {
    {.name = "tsp.type", .offset = 0, .size = 1},
    {.name = "tsp.version", .offset = 1, .size = 1},
    {.name = "tsp.sequence", .offset = 2, .size = 2},
};
constexpr Protocol kTimed{.name = "timed", .fields = kFields};

constexpr unsigned kAdjust = 1, kSet = 5, kSetDate = 22, kSetDateRequest = 23, kLoop = 24;
constexpr std::string_view kTypes[] = {
    "ANY",     "ADJTIME",  "ACK",        "MASTERREQ", "MASTERACK", "SETTIME", "MASTERUP",
    "SLAVEUP", "ELECTION", "ACCEPT",     "REFUSE",    "CONFLICT",  "RESOLVE", "QUIT",
    "DATE",    "DATEREQ",  "DATEACK",    "TRACEON",   "TRACEOFF",  "MSITE",   "MSITEREQ",
    "TEST",    "SETDATE",  "SETDATEREQ", "LOOP",
};

// False when it is no time.
bool print_time(Line& line, const View& view) {
  auto seconds = static_cast<std::int32_t>(view.u32(4));
  auto fraction = static_cast<std::int32_t>(view.u32(8));
  if (fraction < 0) return false;
  line.put(" time ");
  if (seconds < 0 && fraction != 0) {
    ++seconds;
    if (seconds == 0) line.put('-');
    fraction = 1000000 - fraction;
  }
  line.print("{}.{:06}", seconds, fraction);
  return true;
}

}  // namespace

void print(Line& line, const View& view) {
  constexpr std::size_t kName = 12, kNameSize = 256;
  line.begin_layer(kTimed, view);
  const unsigned type = view.u8(0);
  if (type < std::size(kTypes)) {
    line.print("TSP_{}", kTypes[type]);
  } else {
    line.print("(tsp_type 0x{:x})", type);
  }
  line.print(" vers {}", view.u8(1));
  line.print(" seq {}", view.u16(2));
  if (type == kLoop) line.print(" hopcnt {}", view.u8(4));
  const bool has_time =
      type == kSet || type == kAdjust || type == kSetDate || type == kSetDateRequest;
  if (has_time && !print_time(line, view)) return;
  line.put(" name ");
  line.zero_padded(view, kName, kNameSize);
}

}  // namespace weir::packet::timed
