// How packets are printed; the options of tcpdump(1), by what they do.
#pragma once

#include <cstdint>
#include <optional>

namespace weir::packet {

enum class Timestamp : std::uint8_t {
  kTime,           // 13:06:30.123456, local
  kNone,           // -t
  kSeconds,        // -tt: since 1970
  kSincePrevious,  // -ttt
  kDateTime,       // -tttt
  kSinceFirst,     // -ttttt
};

enum class Dump : std::uint8_t { kNone, kHex, kHexAndAscii, kAscii };

struct LocalNetwork {
  std::uint32_t address;  // host order
  std::uint32_t mask;
};

struct PrintOptions {
  bool numeric = false;            // -n: no names for addresses and ports
  bool short_names = false;        // -N: host names without their domain
  bool link_header = false;        // -e
  bool quick = false;              // -q: less about protocols
  bool absolute_sequence = false;  // -S
  bool check_checksums = true;     // not -K
  bool number = false;             // -#
  bool nanoseconds = false;        // --nano
  bool http_any_port = false;      // --http any
  int verbose = 0;                 // -v, -vv, -vvv
  Timestamp timestamp = Timestamp::kTime;
  Dump dump = Dump::kNone;
  bool dump_link_header = false;                   // -xx, -XX, -AA
  std::optional<LocalNetwork> local_network = {};  // -f: names only inside it
};

}  // namespace weir::packet
