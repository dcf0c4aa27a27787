// Protocols made of lines of text: HTTP (RFC 9112), SIP, RTSP, SMTP, FTP. A request or an answer is
// shown by its first line, with -v by all lines of its head.
#include <algorithm>
#include <string_view>

#include "packet/print/printers.h"

namespace weir::packet::text_protocols {
namespace {

constexpr Protocol kHttp{.name = "http"};
constexpr Protocol kSip{.name = "sip"};
constexpr Protocol kRtsp{.name = "rtsp"};
constexpr Protocol kSmtp{.name = "smtp"};
constexpr Protocol kFtp{.name = "ftp"};

// Told under the name of the protocol.
constexpr Field kHttpLine{.name = "http.first_line", .show = Show::kText};
constexpr Field kSipLine{.name = "sip.first_line", .show = Show::kText};
constexpr Field kRtspLine{.name = "rtsp.first_line", .show = Show::kText};
constexpr Field kSmtpLine{.name = "smtp.first_line", .show = Show::kText};
constexpr Field kFtpLine{.name = "ftp.first_line", .show = Show::kText};

constexpr std::string_view kHttpMethods[] = {
    "GET",
    "PUT",
    "COPY",
    "HEAD",
    "LOCK",
    "MOVE",
    "POLL",
    "POST",
    "BCOPY",
    "BMOVE",
    "MKCOL",
    "TRACE",
    "LABEL",
    "MERGE",
    "DELETE",
    "SEARCH",
    "UNLOCK",
    "REPORT",
    "UPDATE",
    "NOTIFY",
    "BDELETE",
    "CONNECT",
    "OPTIONS",
    "CHECKIN",
    "PROPFIND",
    "CHECKOUT",
    "CCM_POST",
    "SUBSCRIBE",
    "PROPPATCH",
    "BPROPFIND",
    "BPROPPATCH",
    "UNCHECKOUT",
    "MKACTIVITY",
    "MKWORKSPACE",
    "UNSUBSCRIBE",
    "RPC_CONNECT",
    "VERSION-CONTROL",
    "BASELINE-CONTROL",
};
constexpr std::string_view kSipMethods[] = {
    "ACK",   "BYE",   "CANCEL", "DO",       "INFO",   "INVITE",    "MESSAGE", "NOTIFY",  "OPTIONS",
    "PRACK", "QAUTH", "REFER",  "REGISTER", "SPRACK", "SUBSCRIBE", "UPDATE",  "PUBLISH",
};
constexpr std::string_view kRtspMethods[] = {
    "DESCRIBE", "ANNOUNCE", "GET_PARAMETER", "OPTIONS",       "PAUSE",    "PLAY",
    "RECORD",   "REDIRECT", "SETUP",         "SET_PARAMETER", "TEARDOWN",
};

constexpr std::size_t kMaxToken = 128;

constexpr bool is_printable(char c) { return c >= 0x20 && c < 0x7f; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, upper, upper);
}

std::string_view captured_text(const View& view) {
  const auto bytes = view.captured_bytes().first(std::min(view.length(), view.captured()));
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Takes a token and the blanks behind it away from `rest`; empty, and `rest` with it, when there is
// none.
std::string_view take_token(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && !is_blank(rest[end])) {
    if (!is_printable(rest[end]) || end == kMaxToken) return rest = {};
    ++end;
  }
  const std::string_view token = rest.substr(0, end);
  if (token.empty()) return rest = {};
  while (end < rest.size() && (rest[end] == ' ' || rest[end] == '\t')) ++end;
  rest.remove_prefix(end);
  return token;
}

bool is_status(std::string_view token) {
  return token.size() == 3 && std::ranges::all_of(token, is_digit);
}

// Whether a message begins here, and not the middle of one.
bool begins_message(std::string_view text, std::span<const std::string_view> methods) {
  std::string_view rest = text;
  const std::string_view first = take_token(rest);
  if (first.empty()) return false;
  const auto is_first = [&](std::string_view method) { return equal_ignoring_case(first, method); };
  return std::ranges::any_of(methods, is_first) || is_status(take_token(rest));
}

// Prints the line at `at` with `prefix` before it. Returns where the next begins, or 0 when what is
// there is no whole line of text.
std::size_t print_text_line(Line& line, const View& view, std::size_t at, std::string_view prefix) {
  const std::string_view text = captured_text(view);
  std::size_t end = at;
  while (end < text.size() && (is_printable(text[end]) || text[end] == '\t')) ++end;
  if (end == text.size() && end < view.length()) {  // the capture ends here
    view.need(end, 1);
    return 0;
  }
  std::size_t next = 0;
  if (end < text.size()) {
    if (text[end] == '\n') {
      next = end + 1;
    } else if (text[end] == '\r' && end + 1 < view.length() && view.u8(end + 1) == '\n') {
      next = end + 2;
    } else {
      return 0;
    }
  }
  line.put(prefix);
  line.put(text.substr(at, end - at));
  if (next == 0) line.put_cut();
  return next;
}

void print_message(Line& line, const View& view) {
  if (!line.verbose()) {
    print_text_line(line, view, 0, ": ");
    return;
  }
  line.print(", length: {}", view.length());
  std::size_t at = 0;
  do {
    at = print_text_line(line, view, at, "\n\t");
  } while (at != 0 && at < view.length());
}

void tell_first_line(Line& line, const View& view, const Field& field) {
  if (!line.wants_fields()) return;
  const std::string_view text = captured_text(view);
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  line.field(field, view, 0, end, text.substr(0, end));
}

void print_any_text(Line& line, const View& view, const Protocol& protocol, const Field& first_line,
                    bool begins) {
  line.begin_layer(protocol, view);
  for (const char c : protocol.name) line.put(upper(c));
  if (!begins) return;
  tell_first_line(line, view, first_line);
  print_message(line, view);
}

}  // namespace

bool looks_like_http(const View& view) { return begins_message(captured_text(view), kHttpMethods); }

void print_http(Line& line, const View& view) {
  print_any_text(line, view, kHttp, kHttpLine, looks_like_http(view));
}
void print_sip(Line& line, const View& view) {
  print_any_text(line, view, kSip, kSipLine, begins_message(captured_text(view), kSipMethods));
}
void print_rtsp(Line& line, const View& view) {
  print_any_text(line, view, kRtsp, kRtspLine, begins_message(captured_text(view), kRtspMethods));
}
void print_smtp(Line& line, const View& view) {
  print_any_text(line, view, kSmtp, kSmtpLine, true);
}
void print_ftp(Line& line, const View& view) { print_any_text(line, view, kFtp, kFtpLine, true); }

}  // namespace weir::packet::text_protocols
