// RESP, the protocol of Redis.
#include <limits>
#include <optional>

#include "packet/print/partial_text.h"
#include "packet/print/printers.h"

namespace weir::packet::resp {
namespace {

constexpr Protocol kResp{.name = "resp"};
constexpr Field kValue{.name = "resp.value", .show = Show::kBytes};

// Reads elements one after the other; every step returns false when what is there is broken or cut
// short, and nothing can follow.
class Reader {
 public:
  Reader(Line& line, const View& view) : line_(line), rest_(view) {}

  void print() {
    while (rest_.length() != 0 && !line_.cut()) {
      if (!print_element()) return line_.put_cut();
    }
  }

 private:
  bool print_element() {
    if (rest_.length() == 0) return false;
    switch (rest_.u8(0)) {
      case '+':
      case '-':
      case ':':
        return print_simple();
      case '$':
        return print_bulk();
      case '*':
        return print_array();
      default:
        return print_inline();
    }
  }

  bool print_segment(std::size_t size) {
    if (!rest_.has(0, size)) return false;
    line_.field(kValue, rest_, 0, size);
    line_.put(" \"");
    line_.escaped(rest_.bytes(0, size));
    line_.put('"');
    rest_ = rest_.from(size);
    return true;
  }

  // How far the next end of a line is.
  std::optional<std::size_t> find_line_end() const {
    for (std::size_t at = 0; at + 2 <= rest_.length() && rest_.has(at, 2); ++at) {
      if (rest_.u8(at) == '\r' && rest_.u8(at + 1) == '\n') return at;
    }
    return {};
  }

  bool print_simple() {
    rest_ = rest_.from(1);
    const auto size = find_line_end();
    if (!size || !print_segment(*size)) return false;
    rest_ = rest_.from(2);
    return true;
  }

  bool print_bulk() {
    const std::int64_t size = take_length();
    if (size < 0) return print_odd_length(size);
    if (size == 0) {
      line_.put(" empty");
    } else if (rest_.length() < static_cast<std::size_t>(size) ||
               !print_segment(static_cast<std::size_t>(size))) {
      return false;
    }
    const auto end = find_line_end();
    if (!end) return false;
    rest_ = rest_.from(*end + 2);
    return true;
  }

  bool print_array() {
    const std::int64_t count = take_length();
    if (count < 0) return print_odd_length(count);
    if (count == 0) line_.put(" empty");
    if (!line_.enter()) return false;
    bool is_good = true;
    for (std::int64_t i = 0; i < count && is_good && !line_.cut(); ++i) is_good = print_element();
    line_.leave();
    return is_good;
  }

  static bool is_end(std::uint8_t c) { return c == '\r' || c == '\n'; }

  // False when there is none.
  bool skip_line_ends() {
    bool found = false;
    for (; rest_.length() != 0 && rest_.has(0, 1) && is_end(rest_.u8(0)); rest_ = rest_.from(1))
      found = true;
    return found || (rest_.length() != 0 && rest_.has(0, 1));
  }

  bool print_inline() {
    if (!skip_line_ends()) return false;
    std::size_t size = 0;
    for (; size < rest_.length() && !is_end(rest_.u8(size)); ++size) {
      if (line_.cut()) return false;
    }
    return size < rest_.length() && print_segment(size) && skip_line_ends();
  }

  enum OddLength : std::int64_t {
    kNull = -1,
    kCutShort = -2,
    kTooLarge = -3,
    kNegative = -4,
    kInvalid = -5,
  };

  bool print_odd_length(std::int64_t length) {
    if (length == kCutShort) return false;
    line_.put(length == kNull       ? " null"
              : length == kTooLarge ? " length too large"
              : length == kNegative ? " length negative and not -1"
                                    : " invalid");
    return true;
  }

  bool is_empty_here() const { return rest_.length() == 0; }

  // The byte before the next ones, which is there unless the capture ends.
  std::uint8_t take() {
    const std::uint8_t c = rest_.u8(0);
    rest_ = rest_.from(1);
    return c;
  }

  // A number and the end of its line, behind the element's first byte.
  std::int64_t take_length() {
    constexpr std::int64_t kMax = std::numeric_limits<std::int32_t>::max();
    rest_ = rest_.from(1);
    if (is_empty_here()) return kCutShort;
    const bool is_negative = rest_.u8(0) == '-';
    if (is_negative) rest_ = rest_.from(1);
    std::int64_t value = 0;
    bool has_digit = false;
    while (!is_empty_here() && rest_.u8(0) >= '0' && rest_.u8(0) <= '9') {
      value = std::min(value * 10 + take() - '0', kMax + 1);
      has_digit = true;
    }
    if (is_empty_here()) return kCutShort;
    if (take() != '\r' || !has_digit) return kInvalid;
    if (is_empty_here()) return kCutShort;
    if (take() != '\n') return kInvalid;
    if (is_negative) return value == 1 ? kNull : kNegative;
    return value > kMax ? kTooLarge : value;
  }

  Line& line_;
  View rest_;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kResp, view);
  line.put(": RESP");
  Reader(line, view).print();
}

}  // namespace weir::packet::resp
