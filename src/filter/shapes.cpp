#include "filter/shapes.h"

#include <algorithm>

#include "filter/chars.h"

namespace weir::filter {
namespace {

// How many of the first characters, at most `most`, are hexadecimal digits.
std::size_t hex_run(std::string_view text, std::size_t most) {
  std::size_t n = 0;
  while (n < most && n < text.size() && is_hex(text[n])) ++n;
  return n;
}

// The length of the number (decimal, or 0x and hexadecimal) that `text` begins with.
std::size_t number_run(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    const std::size_t digits = hex_run(text.substr(2), text.size());
    if (digits != 0) return digits + 2;
  }
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return n;
}

// The length of exactly `count` numbers with dots between that `text` begins with.
std::size_t dotted_run(std::string_view text, int count) {
  std::size_t at = 0;
  for (int i = 0; i < count; ++i) {
    if (i > 0) {
      if (at >= text.size() || text[at] != '.') return 0;
      ++at;
    }
    const std::size_t digits = number_run(text.substr(at));
    if (digits == 0) return 0;
    at += digits;
  }
  return at;
}

// Six groups of one or two digits with `separator` between.
std::size_t mac_run(std::string_view text, char separator) {
  std::size_t at = 0;
  for (int group = 0; group < 6; ++group) {
    if (group > 0) {
      if (at >= text.size() || text[at] != separator) return 0;
      ++at;
    }
    const std::size_t digits = hex_run(text.substr(at), 2);
    if (digits == 0) return 0;
    at += digits;
  }
  return at;
}

// Two or more groups of one or two digits, each with colons behind.
std::size_t broken_mac_run(std::string_view text) {
  std::size_t at = 0;
  int groups = 0;
  for (;;) {
    std::size_t next = at + hex_run(text.substr(at), 2);
    if (next == at || next >= text.size() || text[next] != ':') break;
    while (next < text.size() && text[next] == ':') ++next;
    at = next;
    ++groups;
  }
  return groups >= 2 ? at : 0;
}

// The longest prefix of the text that has the form of an IPv6 address. Walks over the groups once
// and remembers the last place at which an address could have ended.
class Ip6Run {
 public:
  explicit Ip6Run(std::string_view text) : text_(text) {}

  std::size_t length() {
    if (text_.starts_with("::")) take_gap();
    while (group()) {
    }
    return longest_;
  }

 private:
  static constexpr int kGroups = 8;

  // One group and the colons behind it; false at the end.
  bool group() {
    take_dotted();
    const std::size_t digits = hex_run(text_.substr(at_), 4);
    if (digits == 0 || groups_ == room()) return false;
    at_ += digits;
    ++groups_;
    if (gap_ || groups_ == kGroups) longest_ = std::max(longest_, at_);
    if (!gap_ && groups_ < kGroups && text_.substr(at_).starts_with("::")) {
      take_gap();
      return true;
    }
    if (at_ >= text_.size() || text_[at_] != ':') return false;
    ++at_;
    return true;
  }

  // `::` stands for one group or more.
  int room() const { return gap_ ? kGroups - 1 : kGroups; }

  void take_gap() {
    at_ += 2;
    gap_ = true;
    longest_ = at_;
  }

  // The last two groups may be written as four dotted numbers.
  void take_dotted() {
    const bool fits = gap_ ? groups_ <= room() - 2 : groups_ == kGroups - 2;
    const std::size_t length = fits ? dotted_run(text_.substr(at_), 4) : 0;
    if (length != 0) longest_ = at_ + length;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t longest_ = 0;
  int groups_ = 0;
  bool gap_ = false;
};

bool is_mac(std::string_view word) {
  if (word.size() < 11 || word.size() > 17) return false;
  if (word.size() == 12 && hex_run(word, 12) == 12) return true;
  if (mac_run(word, '-') == word.size() || mac_run(word, '.') == word.size()) return true;
  const auto quad = [&](std::size_t at) { return hex_run(word.substr(at), 4) == 4; };
  return word.size() == 14 && quad(0) && word[4] == '.' && quad(5) && word[9] == '.' && quad(10);
}

bool is_dotted(std::string_view word) {
  const auto dots = std::ranges::count(word, '.');
  return dots >= 1 && dots <= 3 && dotted_run(word, static_cast<int>(dots) + 1) == word.size();
}

}  // namespace

ColonMatch match_colons(std::string_view text) {
  ColonMatch best{.kind = TokenKind::kMac, .length = mac_run(text, ':')};
  const auto offer = [&](TokenKind kind, std::size_t length) {
    if (length > best.length) best = {.kind = kind, .length = length};
  };
  offer(TokenKind::kIp6, Ip6Run(text).length());
  offer(TokenKind::kInvalid, broken_mac_run(text));
  return best;
}

std::size_t word_length(std::string_view text) {
  std::size_t n = 1;
  while (n < text.size() && is_word_char(text[n])) ++n;
  while (!is_word_end(text[n - 1])) --n;
  return n;
}

TokenKind shape_of(std::string_view word) {
  if (!is_hex(word.front())) return TokenKind::kName;
  if (is_mac(word)) return TokenKind::kMac;
  if (number_run(word) == word.size()) return TokenKind::kNumber;
  return is_dotted(word) ? TokenKind::kIp4 : TokenKind::kName;
}

}  // namespace weir::filter
