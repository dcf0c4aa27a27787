// What the fields of a radiotap header say (radiotap.org/fields/defined).
#include <algorithm>

#include "packet/print/link/radiotap.h"
#include "packet/print/named.h"

namespace weir::packet::radiotap {
namespace {

constexpr Field kRate{.name = "radiotap.datarate"};  // units of 500 kbit/s
constexpr Field kFrequency{.name = "radiotap.channel.freq"};

constexpr std::uint32_t kHasExtended = 1u << 18, kHasMcs = 1u << 19;  // presence bits

void print_timestamp(Line& line, const View& data, State&) {
  line.print("{}us tsft ", data.le64(0));
}

constexpr Named kFlags[] = {{0x01, "cfp "},
                            {0x02, "short preamble "},
                            {0x04, "wep "},
                            {0x08, "fragmented "},
                            {0x40, "bad-fcs "}};

void print_flags(Line& line, const View& data, State& state) {
  state.flags = data.u8(0);
  line.put(bit_names(kFlags, state.flags, "", ""));
}

// Some drivers put an index of the modulation here, with the highest bit set.
void print_rate(Line& line, const View& data, State&) {
  line.field(kRate, data, 0, 1);
  const std::uint8_t rate = data.u8(0);
  if (rate >= 0x80 && rate <= 0x8f) {
    line.print("MCS {} ", rate & 0x7f);
  } else {
    line.print("{:.1f} Mb/s ", 0.5 * rate);
  }
}

enum ChannelFlag : std::uint32_t {
  kTurbo = 0x00010,
  kCck = 0x00020,
  kOfdm = 0x00040,
  k2Ghz = 0x00080,
  k5Ghz = 0x00100,
  kDynamic = 0x00400,
  kGfsk = 0x00800,
  kHalf = 0x04000,
  kQuarter = 0x08000,
  kHt20 = 0x10000,
  kHt40Up = 0x20000,
  kHt40Down = 0x40000,
};

bool has_all(std::uint32_t flags, std::uint32_t wanted) { return (flags & wanted) == wanted; }

std::string_view width_suffix(std::uint32_t flags) {
  if ((flags & kHalf) != 0) return "/10Mhz";
  return (flags & kQuarter) != 0 ? "/5Mhz" : "";
}

void put_standard(Line& line, std::uint32_t flags) {
  const std::string_view width = width_suffix(flags);
  if (has_all(flags, k2Ghz | kGfsk)) line.put(" FHSS");
  if (has_all(flags, k5Ghz | kOfdm)) line.print(" 11a{}", width);
  if (has_all(flags, k2Ghz | kOfdm) || has_all(flags, k2Ghz | kDynamic)) {
    line.print(" 11g{}", width);
  } else if (has_all(flags, k2Ghz | kCck)) {
    line.put(" 11b");
  }
  if ((flags & kTurbo) != 0) line.put(" Turbo");
}

void put_channel(Line& line, std::uint16_t frequency, std::uint32_t flags, const State& state) {
  line.print("{} MHz", frequency);
  if ((state.present & kHasMcs) != 0) {
    line.put(" 11n");
  } else {
    put_standard(line, flags);
  }
  if ((flags & kHt20) != 0) {
    line.put(" ht/20");
  } else if ((flags & kHt40Down) != 0) {
    line.put(" ht/40-");
  } else if ((flags & kHt40Up) != 0) {
    line.put(" ht/40+");
  }
  line.put(' ');
}

void print_channel(Line& line, const View& data, State& state) {
  line.field(kFrequency, data, 0, 2, std::uint64_t{data.le16(0)});
  if ((state.present & kHasExtended) == 0) put_channel(line, data.le16(0), data.le16(2), state);
}

void print_extended_channel(Line& line, const View& data, State& state) {
  put_channel(line, data.le16(4), data.le32(0), state);
}

void print_hopping(Line& line, const View& data, State&) {
  line.print("fhset {} fhpat {} ", data.u8(0), data.u8(1));
}

int signed8(const View& data) { return static_cast<std::int8_t>(data.u8(0)); }

void print_signal_dbm(Line& line, const View& data, State&) {
  line.print("{}dBm signal ", signed8(data));
}

void print_noise_dbm(Line& line, const View& data, State&) {
  line.print("{}dBm noise ", signed8(data));
}

void print_quality(Line& line, const View& data, State&) { line.print("{} sq ", data.le16(0)); }

void print_attenuation(Line& line, const View& data, State&) {
  line.print("{} tx power ", -static_cast<std::int16_t>(data.le16(0)));
}

void print_attenuation_db(Line& line, const View& data, State&) {
  line.print("{}dB tx attenuation ", -signed8(data));
}

void print_power(Line& line, const View& data, State&) {
  line.print("{}dBm tx power ", signed8(data));
}

void print_antenna(Line& line, const View& data, State&) { line.print("antenna {} ", data.u8(0)); }
void print_signal(Line& line, const View& data, State&) { line.print("{}dB signal ", data.u8(0)); }
void print_noise(Line& line, const View& data, State&) { line.print("{}dB noise ", data.u8(0)); }
void print_nothing(Line&, const View&, State&) {}

// How many times the bits of the slowest rate a symbol has, by index (IEEE 802.11, section 19.5).
constexpr std::uint8_t kRateUnits[] = {
    1,  2,  3,  4,  6,  8,  9,  10, 2,  4,  6,  8,  12, 16, 18, 20, 3,  6,  9,  12,
    18, 24, 27, 30, 4,  8,  12, 16, 24, 32, 36, 40, 0,  6,  8,  10, 9,  12, 15, 8,
    10, 10, 12, 14, 14, 16, 12, 15, 15, 18, 21, 21, 24, 10, 12, 14, 12, 14, 16, 18,
    16, 18, 20, 20, 22, 15, 18, 21, 18, 21, 24, 27, 24, 27, 30, 30, 33,
};
constexpr std::size_t kDuplicateIndex = 32;  // both halves of 40 MHz carry the same

// In Mbit/s; 0 when there is none.
double rate_of(std::size_t index, bool is_40mhz, bool is_short_guard) {
  if (index >= std::size(kRateUnits)) return 0;
  double rate = (is_40mhz ? 13.5 : 6.5) * kRateUnits[index];
  if (index == kDuplicateIndex && is_40mhz) rate = 6;
  return is_short_guard ? rate * 10 / 9 : rate;
}

constexpr std::string_view kWidths[] = {
    "20 MHz",        "40 MHz",        "20 MHz (L)",    "20 MHz (U)",    "80 MHz",
    "80 MHz (L)",    "80 MHz (U)",    "80 MHz (LL)",   "80 MHz (LU)",   "80 MHz (UL)",
    "80 MHz (UU)",   "160 MHz",       "160 MHz (L)",   "160 MHz (U)",   "160 MHz (LL)",
    "160 MHz (LU)",  "160 MHz (UL)",  "160 MHz (UU)",  "160 MHz (LLL)", "160 MHz (LLU)",
    "160 MHz (LUL)", "160 MHz (UUU)", "160 MHz (ULL)", "160 MHz (ULU)", "160 MHz (UUL)",
    "160 MHz (UUU)",
};

void put_width(Line& line, std::size_t width) {
  if (width < std::size(kWidths)) return line.print("{} ", kWidths[width]);
  line.print("unknown ({}) ", width);
}

enum McsBit : std::uint8_t {
  kWidthKnown = 0x01,
  kIndexKnown = 0x02,
  kGuardKnown = 0x04,
  kFormatKnown = 0x08,
  kFecKnown = 0x10,
  kStbcKnown = 0x20,
  kShortGuard = 0x04,  // from here on, what is known
  kGreenfield = 0x08,
  kLdpc = 0x10,
};

void print_mcs(Line& line, const View& data, State&) {
  const std::uint8_t known = data.u8(0);
  const std::uint8_t flags = data.u8(1);
  const std::uint8_t index = data.u8(2);
  const bool is_short = (flags & kShortGuard) != 0;
  const bool has_rate = (known & (kWidthKnown | kGuardKnown)) != 0;
  const double rate = has_rate ? rate_of(index, (flags & 3) == 1, is_short) : 0;
  if ((known & kIndexKnown) != 0) {
    if (rate > 0) line.print("{:.1f} Mb/s ", rate);
    line.print("MCS {} ", index);
  }
  if ((known & kWidthKnown) != 0) put_width(line, flags & 3);
  if ((known & kGuardKnown) != 0) line.print("{} GI ", is_short ? "short" : "long");
  if ((known & kFormatKnown) != 0)
    line.print("{} ", (flags & kGreenfield) != 0 ? "greenfield" : "mixed");
  if ((known & kFecKnown) != 0) line.print("{} FEC ", (flags & kLdpc) != 0 ? "LDPC" : "BCC");
  if ((known & kStbcKnown) != 0) line.print("RX-STBC{} ", flags >> 5 & 3);
}

void print_vht(Line& line, const View& data, State&) {
  constexpr std::uint16_t kVhtGuardKnown = 0x0004, kVhtWidthKnown = 0x0040;
  constexpr std::size_t kUsers = 4, kFirstUser = 4, kCoding = 8;
  const std::uint16_t known = data.le16(0);
  for (std::size_t user = 0; user < kUsers; ++user) {
    const std::uint8_t value = data.u8(kFirstUser + user);
    const bool has_streams = (value & 0x0f) != 0;
    const bool is_ldpc = (data.u8(kCoding) >> user & 1) != 0;
    if (has_streams)
      line.print("User {} MCS {} {} FEC ", user, value >> 4, is_ldpc ? "LDPC" : "BCC");
  }
  if ((known & kVhtWidthKnown) != 0) put_width(line, data.u8(3) & 0x1f);
  if ((known & kVhtGuardKnown) != 0)
    line.print("{} GI ", (data.u8(2) & kShortGuard) != 0 ? "short" : "long");
}

constexpr RadioField kRadioFields[] = {
    {0, 8, 8, print_timestamp},
    {1, 1, 1, print_flags},
    {2, 1, 1, print_rate},
    {3, 2, 4, print_channel},
    {4, 1, 2, print_hopping},
    {5, 1, 1, print_signal_dbm},
    {6, 1, 1, print_noise_dbm},
    {7, 2, 2, print_quality},
    {8, 2, 2, print_attenuation},
    {9, 1, 1, print_attenuation_db},
    {10, 1, 1, print_power},
    {11, 1, 1, print_antenna},
    {12, 1, 1, print_signal},
    {13, 1, 1, print_noise},
    {14, 2, 2, print_nothing},  // flags of the reception
    {18, 4, 8, print_extended_channel},
    {19, 1, 3, print_mcs},
    {20, 4, 8, print_nothing},  // state of an aggregate
    {21, 2, 12, print_vht},
};

}  // namespace

const RadioField* find_field(std::uint32_t bit) {
  const auto found = std::ranges::find(kRadioFields, bit, &RadioField::bit);
  return found == std::ranges::end(kRadioFields) ? nullptr : found;
}

}  // namespace weir::packet::radiotap
