// Syslog over UDP (RFC 3164, 5424).
#include "packet/print/named.h"
#include "packet/print/partial_text.h"
#include "packet/print/printers.h"

namespace weir::packet::syslog {
namespace {

constexpr Protocol kSyslog{.name = "syslog"};
constexpr Field kFacility{.name = "syslog.facility"};
constexpr Field kSeverity{.name = "syslog.level"};
constexpr Field kMessage{.name = "syslog.msg", .show = Show::kBytes};

constexpr std::size_t kMaxDigits = 3;

constexpr Named kSeverities[] = {
    {0, "emergency"}, {1, "alert"},  {2, "critical"}, {3, "error"},
    {4, "warning"},   {5, "notice"}, {6, "info"},     {7, "debug"},
};
constexpr Named kFacilities[] = {
    {0, "kernel"},    {1, "user"},    {2, "mail"},    {3, "daemon"},    {4, "auth"},
    {5, "syslog"},    {6, "lpr"},     {7, "news"},    {8, "uucp"},      {9, "cron"},
    {10, "authpriv"}, {11, "ftp"},    {12, "ntp"},    {13, "security"}, {14, "console"},
    {15, "cron"},     {16, "local0"}, {17, "local1"}, {18, "local2"},   {19, "local3"},
    {20, "local4"},   {21, "local5"}, {22, "local6"}, {23, "local7"},
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kSyslog, view);
  unsigned priority = 0;
  std::size_t at = 1;
  if (view.u8(0) != '<') return line.put_invalid();
  for (; at <= kMaxDigits && view.u8(at) >= '0' && view.u8(at) <= '9'; ++at)
    priority = priority * 10 + view.u8(at) - '0';
  if (view.u8(at) != '>') return line.put_invalid();
  ++at;
  const unsigned facility = priority >> 3;
  const unsigned severity = priority & 7;
  line.field(kFacility, view, 1, at - 2, std::uint64_t{facility});
  line.field(kSeverity, view, 1, at - 2, std::uint64_t{severity});
  const std::string facility_text = named(kFacilities, facility, "unknown ({})");
  const std::string severity_text = named(kSeverities, severity, "unknown ({})");
  if (!line.verbose())
    return line.print("SYSLOG {}.{}, length: {}", facility_text, severity_text, view.length());
  line.print("SYSLOG, length: {}\n\tFacility {} ({}), Severity {} ({})\n\tMsg: ", view.length(),
             facility_text, facility, severity_text, severity);
  if (view.length() > at) {
    line.field(kMessage, view, at, view.length() - at);
    put_escaped_part(line, view, at, view.length() - at);
  }
  if (line.verbose(2))
    line.hex_lines(view.claiming(std::min(view.length(), view.captured())), "\n\t");
}

}  // namespace weir::packet::syslog
