// SSH: the line that each side begins with (RFC 4253 section 4.2).
#include "packet/print/partial_text.h"
#include "packet/print/printers.h"

namespace weir::packet::ssh {
namespace {

constexpr Protocol kSsh{.name = "ssh"};
constexpr Field kIdentification{.name = "ssh.protocol", .show = Show::kText};

constexpr std::string_view kPrefix = "SSH-";

bool is_printable(std::uint8_t c) { return c >= 0x20 && c < 0x7f; }

// How long the line is without its end; 0 when it is none.
std::size_t line_length(Line& line, const View& view) {
  for (std::size_t i = 0; i < kPrefix.size(); ++i) {
    if (view.u8(i) != static_cast<std::uint8_t>(kPrefix[i])) return 0;
  }
  for (std::size_t i = kPrefix.size(); i < view.length() && !line.cut(); ++i) {
    const std::uint8_t c = view.u8(i);
    if (c == '\n') return i;
    if (c == '\r') return i + 1 < view.length() && view.u8(i + 1) == '\n' ? i : 0;
    if (!is_printable(c)) return 0;
  }
  return 0;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kSsh, view);
  const std::size_t length = line_length(line, view);
  if (length == 0 || line.cut()) return;
  const std::string_view text = text_there(view).substr(0, length);
  line.field(kIdentification, view, 0, length, text);
  line.put(": SSH: ");
  line.put(text);
}

}  // namespace weir::packet::ssh
