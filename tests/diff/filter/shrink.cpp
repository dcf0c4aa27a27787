// Delta debugging (Zeller, Hildebrandt 2002) on the tokens of the expression, then on the packet:
// its tail goes first, then its bytes become 0 one by one.
#include "diff/filter/shrink.h"

#include <string_view>
#include <utility>

namespace weir::difftest {
namespace {

using Tokens = std::vector<std::string>;

bool is_word(char c) {
  return std::string_view(" \t()[]!&|<>=+-*/%^:").find(c) == std::string::npos;
}

Tokens split(const std::string& text) {
  Tokens tokens;
  bool in_word = false;
  for (const char c : text) {
    if (in_word && (is_word(c) || c == ':' || c == '-' || c == '/')) {
      tokens.back() += c;
    } else if (c != ' ' && c != '\t') {
      tokens.emplace_back(1, c);
    }
    in_word = c != ' ' && (is_word(c) || (in_word && (c == ':' || c == '-' || c == '/')));
  }
  return tokens;
}

std::string join(const Tokens& tokens) {
  std::string text;
  for (const std::string& token : tokens) text += (text.empty() ? "" : " ") + token;
  return text;
}

Tokens without(const Tokens& tokens, std::size_t begin, std::size_t count) {
  Tokens rest(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(begin));
  rest.insert(rest.end(), tokens.begin() + static_cast<std::ptrdiff_t>(begin + count),
              tokens.end());
  return rest;
}

// The token at `open` and the last `)` or `]` that stands `count` tokens further, without what they
// hold.
Tokens unwrapped(const Tokens& tokens, std::size_t open, std::size_t close) {
  return without(without(tokens, close, 1), open, 1);
}

class Shrinker {
 public:
  Shrinker(Case start, const StillFails& still_fails)
      : best_(std::move(start)), still_fails_(still_fails) {}

  Case run() {
    while (remove_tokens() || unwrap_parentheses()) {
    }
    cut_tail();
    clear_bytes();
    return std::move(best_);
  }

 private:
  bool attempt(Case smaller) {
    if (!still_fails_(smaller)) return false;
    best_ = std::move(smaller);
    return true;
  }

  bool attempt_expression(const Tokens& tokens) {
    Case smaller = best_;
    smaller.query.expression = join(tokens);
    return attempt(std::move(smaller));
  }

  bool remove_tokens() {
    bool removed = false;
    for (std::size_t size = split(best_.query.expression).size() / 2; size != 0; size /= 2) {
      removed |= remove_runs(size);
    }
    return removed;
  }

  bool remove_runs(std::size_t size) {
    bool removed = false;
    Tokens tokens = split(best_.query.expression);
    for (std::size_t begin = 0; begin + size <= tokens.size();) {
      if (tokens.size() > size && attempt_expression(without(tokens, begin, size))) {
        tokens = without(tokens, begin, size);
        removed = true;
      } else {
        ++begin;
      }
    }
    return removed;
  }

  bool unwrap_parentheses() {
    const Tokens tokens = split(best_.query.expression);
    for (std::size_t open = 0; open < tokens.size(); ++open) {
      if (tokens[open] != "(") continue;
      for (std::size_t close = open + 1; close < tokens.size(); ++close) {
        if (tokens[close] == ")" && attempt_expression(unwrapped(tokens, open, close))) return true;
      }
    }
    return false;
  }

  // The wire length shrinks with the packet when it was that of the whole packet.
  void cut_tail() {
    for (std::size_t cut = best_.packet.bytes.size(); cut != 0; cut /= 2) {
      while (cut <= best_.packet.bytes.size() && attempt_cut(cut)) {
      }
    }
  }

  bool attempt_cut(std::size_t cut) {
    Case smaller = best_;
    smaller.packet.bytes.resize(smaller.packet.bytes.size() - cut);
    Case shorter = smaller;
    shorter.packet.wire_length = static_cast<std::uint32_t>(shorter.packet.bytes.size());
    return attempt(std::move(shorter)) || attempt(std::move(smaller));
  }

  void clear_bytes() {
    for (std::size_t i = 0; i < best_.packet.bytes.size(); ++i) {
      if (best_.packet.bytes[i] == std::byte{0}) continue;
      Case smaller = best_;
      smaller.packet.bytes[i] = std::byte{0};
      attempt(std::move(smaller));
    }
  }

  Case best_;
  const StillFails& still_fails_;
};

}  // namespace

Case shrink(Case start, const StillFails& still_fails) {
  return Shrinker(std::move(start), still_fails).run();
}

}  // namespace weir::difftest
