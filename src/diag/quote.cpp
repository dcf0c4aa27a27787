#include "diag/quote.h"

#include <fmt/format.h>

#include <iterator>

namespace weir::diag {
namespace {

constexpr std::size_t kLongestQuote = 60;

}  // namespace

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t') {
      out += ' ';
    } else if (byte < 0x20 || byte >= 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string quote(std::string_view text) {
  const bool cut = text.size() > kLongestQuote;
  return fmt::format("`{}{}`", printable(text.substr(0, kLongestQuote)), cut ? "..." : "");
}

}  // namespace weir::diag
