// What a protocol by itself tests.
#include <array>
#include <cstddef>
#include <cstdint>

#include "filter/resolved.h"

namespace weir::filter {
namespace {

struct Entry {
  Proto proto;
  Proto base;
  std::array<std::uint16_t, 5> values;
  std::size_t count = 1;
};

constexpr std::array kEntries = {
    // EtherTypes (IEEE 802 numbers of IANA).
    Entry{Proto::kIp, Proto::kLink, {0x0800}},
    Entry{Proto::kArp, Proto::kLink, {0x0806}},
    Entry{Proto::kRarp, Proto::kLink, {0x8035}},
    Entry{Proto::kIp6, Proto::kLink, {0x86dd}},
    Entry{Proto::kAtalk, Proto::kLink, {0x809b}},
    Entry{Proto::kAarp, Proto::kLink, {0x80f3}},
    Entry{Proto::kMopdl, Proto::kLink, {0x6001}},
    Entry{Proto::kMoprc, Proto::kLink, {0x6002}},
    Entry{Proto::kDecnet, Proto::kLink, {0x6003}},
    Entry{Proto::kLat, Proto::kLink, {0x6004}},
    Entry{Proto::kSca, Proto::kLink, {0x6007}},
    // LLC service access points.
    Entry{Proto::kStp, Proto::kLink, {0x42}},
    Entry{Proto::kIpx, Proto::kLink, {0xe0}},
    Entry{Proto::kNetbeui, Proto::kLink, {0xf0}},
    Entry{Proto::kIso, Proto::kLink, {0xfe}},
    // Protocol numbers of IANA. libpcap takes IGRP to be 9 where the system has no constant for it.
    Entry{Proto::kTcp, Proto::kNone, {6}},
    Entry{Proto::kUdp, Proto::kNone, {17}},
    Entry{Proto::kSctp, Proto::kNone, {132}},
    Entry{Proto::kEsp, Proto::kNone, {50}},
    Entry{Proto::kAh, Proto::kNone, {51}},
    Entry{Proto::kPim, Proto::kNone, {103}},
    Entry{Proto::kIcmp, Proto::kIp, {1}},
    Entry{Proto::kIgmp, Proto::kIp, {2}},
    Entry{Proto::kIgrp, Proto::kIp, {9}},
    Entry{Proto::kVrrp, Proto::kIp, {112}},
    Entry{Proto::kCarp, Proto::kIp, {112}},
    Entry{Proto::kIcmp6, Proto::kIp6, {58}},
    // Network layer protocol identifiers (ISO/IEC TR 9577).
    Entry{Proto::kClnp, Proto::kIso, {129}},
    Entry{Proto::kEsis, Proto::kIso, {130}},
    Entry{Proto::kIsis, Proto::kIso, {131}},
    // IS-IS PDU types (ISO/IEC 10589): hello 15 to 17, link state 18 and 20, sequence numbers 24
    // to 27.
    Entry{Proto::kIsisL1, Proto::kIsis, {15, 17, 18, 24, 26}, 5},
    Entry{Proto::kIsisL2, Proto::kIsis, {16, 17, 20, 25, 27}, 5},
    Entry{Proto::kIsisIih, Proto::kIsis, {15, 16, 17}, 3},
    Entry{Proto::kIsisLsp, Proto::kIsis, {18, 20}, 2},
    Entry{Proto::kIsisSnp, Proto::kIsis, {24, 25, 26, 27}, 4},
    Entry{Proto::kIsisCsnp, Proto::kIsis, {24, 25}, 2},
    Entry{Proto::kIsisPsnp, Proto::kIsis, {26, 27}, 2},
};

// Proto -> its entry, plus one.
constexpr auto kTable = [] {
  std::array<std::uint8_t, 64> table{};
  for (std::size_t i = 0; i < kEntries.size(); ++i) {
    table[static_cast<std::size_t>(kEntries[i].proto)] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();

}  // namespace

std::optional<AbbreviationInfo> abbreviation(Proto proto) {
  const std::uint8_t slot = kTable[static_cast<std::size_t>(proto)];
  if (slot == 0) return std::nullopt;
  const Entry& entry = kEntries[slot - 1u];
  return AbbreviationInfo{.proto = entry.base,
                          .values = std::span(entry.values).first(entry.count)};
}

}  // namespace weir::filter
