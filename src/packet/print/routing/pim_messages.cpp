#include "packet/print/routing/pim_messages.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::pim {
namespace messages {
namespace {

constexpr Field kHoldTime{.name = "pim.holdtime"};
constexpr Field kGeneration{.name = "pim.generation_id", .show = Show::kHex};
constexpr Field kPriority{.name = "pim.dr_priority"};

enum class AddressKind : std::uint8_t { kUnicast, kGroup, kSource };

// The body of a message, read from its begin to its end. Each function returns false when the
// message is cut short.
class Body {
 public:
  Body(Line& line, std::uint8_t type, std::uint8_t kind, const View& body)
      : line_(line), type_(type), subtype_(kind >> 4), bare_size_(kind & 0x0f), left_(body) {}

  bool print_hello() {
    while (left_.length() != 0 && !line_.cut()) {
      if (left_.length() < 4) return false;
      const std::uint16_t option = left_.u16(0);
      const std::size_t length = left_.u16(2);
      line_.print("\n\t  {} Option ({}), length {}, Value: ", name_of(kOptions, option, "Unknown"),
                  option, length);
      left_ = left_.from(4);
      if (left_.length() < length || !left_.has(0, length)) return false;
      const View value = left_.claiming(length);
      bool good = true;
      if (!print_option(option, value, good)) return good;
      if (line_.verbose(2)) put_unknown(line_, value, 0, length, "\n\t    ");
      left_ = left_.from(length);
    }
    return true;
  }

  bool print_register() {
    if (!has(4)) return false;
    static constexpr Named kFlags[] = {{0x80000000, "Border"}, {0x40000000, "Null"}};
    line_.print(", Flags [ {} ]\n\t", name_of(kFlags, left_.u32(0), "none"));
    left_ = left_.from(4);
    if (left_.length() == 0) return false;
    const int version = left_.u8(0) >> 4;
    if (version == 0) {
      line_.print("IP-Null-header {} > {}", line_.host4_text(left_.u32(12)),
                  line_.host4_text(left_.u32(16)));
    } else if (version != 4 && version != 6) {
      line_.print("IP ver {}", version);
    } else if (line_.enter()) {
      ip::print(line_, left_);
      line_.leave();
    }
    return true;
  }

  bool print_register_stop() {
    return print_address(" group=", AddressKind::kGroup) &&
           print_address(" source=", AddressKind::kUnicast);
  }

  bool print_join_prune() {
    constexpr std::uint8_t kGraftAcknowledgment = 7;
    const bool is_answer = type_ == kGraftAcknowledgment;
    if (!is_answer && !print_address(", upstream-neighbor: ", AddressKind::kUnicast)) return false;
    if (!has(4)) return false;
    const unsigned count = left_.u8(1);
    line_.print("\n\t  {} group(s)", count);
    if (!is_answer) print_hold_time(left_.u16(2));
    left_ = left_.from(4);
    for (unsigned i = 1; i <= count && !line_.cut(); ++i)
      if (!print_group(i)) return false;
    return true;
  }

  bool print_bootstrap() {
    if (left_.length() < 2) return false;
    line_.print(" tag={:x}", left_.u16(0));
    if (left_.length() < 3) return false;
    line_.print(" hashmlen={}", left_.u8(2));
    if (!has(4) || !left_.has(4, 1)) return false;
    line_.print(" BSRprio={}", left_.u8(3));
    left_ = left_.from(4);
    if (!print_address(" BSR=", AddressKind::kUnicast)) return false;
    for (unsigned i = 0; left_.length() != 0 && !line_.cut(); ++i)
      if (!print_points_of_group(i)) return false;
    return true;
  }

  bool print_assert() {
    if (!print_address(" group=", AddressKind::kGroup)) return false;
    if (!print_address(" src=", AddressKind::kUnicast) || !has(8)) return false;
    const std::uint32_t preference = left_.u32(0);
    line_.print("{} pref={} metric={}", (preference & 0x80000000) != 0 ? " RPT" : "",
                preference & 0x7fffffff, left_.u32(4));
    return true;
  }

  bool print_candidate() {
    if (left_.length() < 1) return false;
    const unsigned count = left_.u8(0);
    line_.print(" prefix-cnt={}", count);
    if (left_.length() < 2) return false;
    line_.print(" prio={}", left_.u8(1));
    if (left_.length() < 4) return false;
    const std::uint16_t time = left_.u16(2);
    line_.put(" holdtime=");
    put_duration(line_, time);
    left_ = left_.from(4);
    if (!print_address(" RP=", AddressKind::kUnicast)) return false;
    for (unsigned i = 0; i < count && left_.length() != 0 && !line_.cut(); ++i)
      if (!print_address(fmt::format(" Group{}=", i), AddressKind::kGroup)) return false;
    return true;
  }

  bool print_refresh() {
    if (!print_address(" src=", AddressKind::kUnicast) ||
        !print_address(" grp=", AddressKind::kGroup) ||
        !print_address(" forwarder=", AddressKind::kUnicast) || left_.length() < 2)
      return false;
    line_.put(" TUNR ");
    put_duration(line_, left_.u16(0));
    return true;
  }

  bool print_election() {
    static constexpr Named kSubtypes[] = {{1, "Offer"}, {2, "Winner"}, {3, "Backoff"}, {4, "Pass"}};
    line_.print("\n\t  {},", name_of(kSubtypes, subtype_, "Unknown"));
    if (!print_address(" rpa=", AddressKind::kUnicast)) return false;
    line_.print(" sender pref={}", left_.u32(0));
    line_.print(" sender metric={}", left_.u32(4));
    left_ = left_.from(8);
    if (subtype_ != 3 && subtype_ != 4) return true;
    const std::string_view who = subtype_ == 3 ? "offer" : "new winner";
    if (!print_address(fmt::format("\n\t  {} addr=", who), AddressKind::kUnicast)) return false;
    line_.print(" {} pref={}", who, left_.u32(0));
    line_.print(" {} metric={}", who, left_.u32(4));
    if (subtype_ == 3) line_.print(" interval {}ms", left_.u16(8));
    return true;
  }

  bool print_unknown() {
    line_.print(" [type {}]", type_);
    return true;
  }

 private:
  static constexpr Named kOptions[] = {
      {1, "Hold Time"},
      {2, "LAN Prune Delay"},
      {18, "DR Priority (Old)"},
      {19, "DR Priority"},
      {20, "Generation ID"},
      {21, "State Refresh Capability"},
      {22, "Bi-Directional Capability"},
      {24, "Address List"},
      {65001, "Address List (Old)"},
  };

  bool has(std::size_t size) const { return left_.length() >= size && left_.has(0, size); }

  bool has_length(const View& value, std::size_t length) {
    if (value.length() == length) return true;
    line_.print("[option length {} != {}]", value.length(), length);
    line_.put_invalid();
    return false;
  }

  // False when nothing should follow; `good` is then what the message's function returns.
  bool print_option(std::uint16_t option, const View& value, bool& good) {
    switch (option) {
      case 1:
        if (!has_length(value, 2)) return false;
        line_.field(kHoldTime, value, 0, 2);
        put_duration(line_, value.u16(0));
        return true;
      case 2:
        return print_prune_delay(value);
      case 18:
      case 19:
        return print_priority(value);
      case 20:
        if (!has_length(value, 4)) return false;
        line_.field(kGeneration, value, 0, 4);
        line_.print("0x{:08x}", value.u32(0));
        return true;
      case 21:
        return print_refresh_capability(value);
      case 22:
        return true;
      case 24:
      case 65001:
        good = print_address_list(value);
        return good;
      default:
        if (!line_.verbose(2)) put_unknown(line_, value, 0, value.length(), "\n\t    ");
        return true;
    }
  }

  bool print_prune_delay(const View& value) {
    if (!has_length(value, 4)) return false;
    const std::uint16_t delay = value.u16(0);
    line_.print("\n\t    T-bit={}, LAN delay {}ms, Override interval {}ms", delay >> 15,
                delay & 0x7fff, value.u16(2));
    return true;
  }

  bool print_priority(const View& value) {
    if (value.length() == 0) {
      line_.put("Bi-Directional Capability (Old)");
      return true;
    }
    if (!has_length(value, 4)) return false;
    line_.field(kPriority, value, 0, 4);
    line_.print("{}", value.u32(0));
    return true;
  }

  bool print_refresh_capability(const View& value) {
    if (!has_length(value, 4)) return false;
    line_.print("v{}", value.u8(0));
    if (const std::uint8_t interval = value.u8(1); interval != 0) {
      line_.put(", interval ");
      put_duration(line_, interval);
    }
    if (const std::uint16_t rest = value.u16(2); rest != 0) line_.print(" ?0x{:04x}?", rest);
    return true;
  }

  bool print_address_list(const View& value) {
    if (!line_.verbose(2)) return true;
    const View after = left_;
    const std::size_t end = left_.length() - value.length();
    bool good = true;
    while (good && left_.length() > end)
      good = print_address("\n\t    ", AddressKind::kUnicast) && !line_.cut();
    left_ = after;
    return good;
  }

  void print_hold_time(std::uint16_t time) {
    line_.put(", holdtime: ");
    if (time == 0xffff) return line_.put("infinite");
    put_duration(line_, time);
  }

  bool print_sources(unsigned count, std::string_view what) {
    for (unsigned i = 1; i <= count && !line_.cut(); ++i) {
      if (!print_address(fmt::format("\n\t      {} source #{}: ", what, i), AddressKind::kSource))
        return false;
    }
    return true;
  }

  bool print_group(unsigned number) {
    if (!print_address(fmt::format("\n\t    group #{}: ", number), AddressKind::kGroup) || !has(4))
      return false;
    const unsigned joined = left_.u16(0);
    const unsigned pruned = left_.u16(2);
    line_.print(", joined sources: {}, pruned sources: {}", joined, pruned);
    left_ = left_.from(4);
    return print_sources(joined, "joined") && print_sources(pruned, "pruned");
  }

  // The rendezvous points of a group.
  bool print_points_of_group(unsigned number) {
    if (!print_address(fmt::format(" (group{}: ", number), AddressKind::kGroup)) return false;
    if (left_.length() < 1) return false;
    line_.print(" RPcnt={}", left_.u8(0));
    if (left_.length() < 2) return false;
    const unsigned count = left_.u8(1);
    line_.print(" FRPcnt={}", count);
    if (left_.length() < 4) return false;
    left_ = left_.from(4);
    for (unsigned i = 0; i < count && left_.length() != 0 && !line_.cut(); ++i) {
      if (!print_address(fmt::format(" RP{}=", i), AddressKind::kUnicast)) return false;
      if (left_.length() < 2) return false;
      const std::uint16_t time = left_.u16(0);
      line_.put(",holdtime=");
      put_duration(line_, time);
      if (left_.length() < 3) return false;
      line_.print(",prio={}", left_.u8(2));
      if (left_.length() < 4) return false;
      left_ = left_.from(4);
    }
    line_.put(')');
    return true;
  }

  // Their size, moving behind their header; 0 when they are in no form that is known.
  std::size_t read_address_header() {
    if (bare_size_ != 0) return bare_size_ == 4 || bare_size_ == 16 ? bare_size_ : 0;
    if (left_.length() < 2) return 0;
    const std::uint8_t family = left_.u8(0);
    const bool known = (family == 1 || family == 2) && left_.u8(1) == 0;
    left_ = left_.from(2);
    return !known ? 0 : family == 1 ? 4 : 16;
  }

  void put_address(std::size_t at, std::size_t size) {
    if (size == 4) {
      line_.host4(left_.u32(at));
    } else {
      line_.host6(left_.bytes(at, 16));
    }
  }

  bool print_address(std::string_view title, AddressKind kind) {
    line_.put(title);
    const std::size_t size = read_address_header();
    const std::size_t before = kind == AddressKind::kUnicast ? 0 : 2;
    if (size == 0 || !has(before + size)) return false;
    put_address(before, size);
    if (before != 0) print_mask_and_flags(kind, size);
    left_ = left_.from(before + size);
    return true;
  }

  void print_mask_and_flags(AddressKind kind, std::size_t size) {
    const std::uint8_t flags = left_.u8(0);
    if (const std::uint8_t bits = left_.u8(1); bits != 8 * size) line_.print("/{}", bits);
    if (flags == 0) return;
    if (kind == AddressKind::kGroup) return line_.print("(0x{:02x})", flags);
    line_.print("({}{}{}", (flags & 4) != 0 ? "S" : "", (flags & 2) != 0 ? "W" : "",
                (flags & 1) != 0 ? "R" : "");
    if ((flags & 0xf8) != 0) line_.print("+0x{:02x}", flags & 0xf8);
    line_.put(')');
  }

  Line& line_;
  std::uint8_t type_;
  unsigned subtype_;
  std::size_t bare_size_;  // of addresses without a header; 0 when they have one
  View left_;
};

constexpr bool (Body::* kMessages[])() = {
    &Body::print_hello,      &Body::print_register,   &Body::print_register_stop,
    &Body::print_join_prune, &Body::print_bootstrap,  &Body::print_assert,
    &Body::print_join_prune, &Body::print_join_prune, &Body::print_candidate,
    &Body::print_refresh,    &Body::print_election,
};

}  // namespace
}  // namespace messages

void print_message(Line& line, std::uint8_t type, std::uint8_t kind, const View& body) {
  using namespace messages;
  Body message(line, type, kind, body);
  const auto print = type < std::size(kMessages) ? kMessages[type] : &Body::print_unknown;
  if (!(message.*print)()) line.put_cut();
}

}  // namespace weir::packet::pim
