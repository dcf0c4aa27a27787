// The options of a TCP header (RFC 9293 section 3.2, and those of the IANA registry).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::tcp_options {
namespace {

constexpr std::uint8_t kEnd = 0, kNop = 1;

constexpr Field kMss{.name = "tcp.options.mss_val"};
constexpr Field kWindowScale{.name = "tcp.options.wscale.shift"};
constexpr Field kTimestampValue{.name = "tcp.options.timestamp.tsval"};
constexpr Field kTimestampEcho{.name = "tcp.options.timestamp.tsecr"};
constexpr Field kSackLeft{.name = "tcp.options.sack_le"};
constexpr Field kSackRight{.name = "tcp.options.sack_re"};

struct Context {
  std::uint8_t flags;
  std::uint32_t other_origin;
};

// Prints the data of an option, which is all there; false when it is broken.
using OptionPrinter = bool (*)(Line&, const View& data, const Context&);

bool print_mss(Line& line, const View& data, const Context&) {
  line.field(kMss, data, 0, 2);
  line.put(' ', data.u16(0));
  return true;
}

bool print_window_scale(Line& line, const View& data, const Context&) {
  line.field(kWindowScale, data, 0, 1);
  line.put(' ', data.u8(0));
  return true;
}

bool print_timestamps(Line& line, const View& data, const Context&) {
  line.field(kTimestampValue, data, 0, 4);
  line.field(kTimestampEcho, data, 4, 4);
  line.put(" val ", data.u32(0), " ecr ", data.u32(4));
  return true;
}

bool print_sack(Line& line, const View& data, const Context& context) {
  if (data.length() % 8 != 0) {
    line.put(" invalid sack");
    return true;
  }
  line.print(" {} ", data.length() / 8);
  for (std::size_t at = 0; at < data.length(); at += 8) {
    line.field(kSackLeft, data, at, 4);
    line.field(kSackRight, data, at + 4, 4);
    line.print("{{{}:{}}}", data.u32(at) - context.other_origin,
               data.u32(at + 4) - context.other_origin);
  }
  return true;
}

bool print_number(Line& line, const View& data, const Context&) {
  line.print(" {}", data.u32(0));
  return true;
}

bool print_nothing(Line&, const View&, const Context&) { return true; }

bool print_hex(Line& line, const View& data, const Context&) {
  if (data.length() == 0) return true;
  line.put(" 0x");
  line.text().hex(data.bytes(0, data.length()));
  return true;
}

// Without the key a digest cannot be checked (RFC 2385).
bool print_md5(Line& line, const View& data, const Context&) {
  line.put(" shared secret not supplied with -M, can't check - ");
  line.text().hex(data.bytes(0, data.length()));
  return true;
}

bool print_scps(Line& line, const View& data, const Context&) {
  line.print(" cap {:02x} id {}", data.u8(0), data.u8(1));
  return true;
}

// Minutes or seconds, as the lowest bit says; shown in seconds (RFC 5482).
bool print_user_timeout(Line& line, const View& data, const Context&) {
  const std::uint32_t value = data.u16(0);
  line.print(" 0x{:x} {}", value, (value & 1) != 0 ? (value >> 1) * 60 : value >> 1);
  return true;
}

bool print_authentication(Line& line, const View& data, const Context&) {
  if (data.length() < 2) {
    line.put_invalid();
    return true;
  }
  line.print(" keyid {} rnextkeyid {}", data.u8(0), data.u8(1));
  if (data.length() > 2) {
    line.put(" mac 0x");
    line.text().hex(data.bytes(2, data.length() - 2));
  }
  return true;
}

void print_cookie(Line& line, const View& data) {
  const std::size_t size = data.length();
  if (size == 0) return line.put(" cookiereq");
  if (size % 2 != 0 || size < 4 || size > 16) return line.put_invalid();
  line.put(" cookie ");
  line.text().hex(data.bytes(0, size));
}

bool print_fast_open(Line& line, const View& data, const Context&) {
  line.put(' ');
  print_cookie(line, data);
  return true;
}

// An identifier comes first (RFC 6994).
bool print_experiment(Line& line, const View& data, const Context&) {
  constexpr std::uint16_t kFastOpen = 0xf989;
  if (data.length() < 2) return false;
  line.put('-');
  if (data.u16(0) == kFastOpen) {
    line.put("tfo");
    print_cookie(line, data.from(2));
  } else {
    line.print("{:04x}", data.u16(0));
  }
  return true;
}

constexpr int kAnySize = -1;

struct OptionInfo {
  std::uint8_t kind;
  std::string_view name;
  int data_size;  // what is printed of it, whatever its length says
  OptionPrinter print;
};

constexpr std::uint8_t kMultipath = 30;

constexpr OptionInfo kOptions[] = {
    {8, "TS", 8, print_timestamps},
    {2, "mss", 2, print_mss},
    {3, "wscale", 1, print_window_scale},
    {4, "sackOK", 0, print_nothing},
    {5, "sack", kAnySize, print_sack},
    {kEnd, "eol", 0, print_nothing},
    {6, "echo", 4, print_number},
    {7, "echoreply", 4, print_number},
    {11, "cc", 4, print_number},
    {12, "ccnew", 4, print_number},
    {13, "", 4, print_number},
    {19, "md5", 16, print_md5},
    {20, "scps", 2, print_scps},
    {28, "uto", 2, print_user_timeout},
    {29, "tcp-ao", kAnySize, print_authentication},
    {34, "tfo", kAnySize, print_fast_open},
    {254, "exp", kAnySize, print_experiment},
};

// Walks the list; each step returns false when the list is broken or cut short.
class Options {
 public:
  Options(Line& line, const View& options, const Context& context)
      : line_(line), rest_(options), context_(context) {}

  bool print() {
    while (rest_.length() != 0) {
      if (!is_first_) line_.put(',');
      const std::uint8_t kind = rest_.u8(0);
      if (line_.cut()) return false;
      if (kind == kNop) {  // most lists are filled up with these
        line_.put("nop");
        rest_ = rest_.from(1);
      } else if (!print_one(kind)) {
        return false;
      }
      is_first_ = false;
      if (kind == kEnd) break;
    }
    line_.put(']');
    return true;
  }

 private:
  bool print_one(std::uint8_t kind) {
    const bool has_length = kind > kNop;
    const std::size_t length = has_length ? rest_.u8(1) : 1;
    if (line_.cut()) return false;
    if (has_length && (length < 2 || length > rest_.length())) return bad();
    const std::size_t header = has_length ? 2 : 1;
    const std::size_t size = print_name(kind, length - header);
    const View data = rest_.from(header).claiming(size);
    if (size > rest_.length() - header) return bad();
    if (!data.has(0, size)) return cut_short();
    if (!print_data(kind, data, rest_.first(length))) return bad();
    if (header + size != length) line_.print("[len {}]", length);
    rest_ = rest_.from(header + size);
    return !line_.cut();
  }

  // Returns how many bytes of data the option has.
  std::size_t print_name(std::uint8_t kind, std::size_t data_length) {
    info_ = std::ranges::find(kOptions, kind, &OptionInfo::kind);
    if (kind == kMultipath) {
      line_.put("mptcp");
    } else if (info_ == std::ranges::end(kOptions)) {
      line_.print("unknown-{}", kind);
    } else {
      line_.put(info_->name);
      if (info_->data_size != kAnySize) return static_cast<std::size_t>(info_->data_size);
    }
    return data_length;
  }

  bool print_data(std::uint8_t kind, const View& data, const View& option) {
    if (kind == kMultipath) return mptcp::print(line_, option, context_.flags);
    const bool is_known = info_ != std::ranges::end(kOptions);
    return (is_known ? info_->print : print_hex)(line_, data, context_);
  }

  bool bad() {
    line_.put("[bad opt]");
    if (!is_first_) line_.put(']');
    return false;
  }

  bool cut_short() {
    line_.put_cut();
    if (!is_first_) line_.put('>');
    return false;
  }

  Line& line_;
  View rest_;
  const Context& context_;
  const OptionInfo* info_ = nullptr;
  bool is_first_ = true;
};

}  // namespace

bool print(Line& line, const View& options, std::uint8_t flags, std::uint32_t other_origin) {
  return Options(line, options, {.flags = flags, .other_origin = other_origin}).print();
}

}  // namespace weir::packet::tcp_options
