// Telnet commands (RFC 854), where they begin a segment; with options that are named.
#include <algorithm>

#include "packet/print/printers.h"

namespace weir::packet::telnet {
namespace {

constexpr Protocol kTelnet{.name = "telnet"};
constexpr Field kCommand{.name = "telnet.cmd"};

constexpr std::uint8_t kIac = 255, kSubnegotiation = 250, kEnd = 240, kFirstCommand = 236;
constexpr std::uint8_t kAuthentication = 37, kEncryption = 38;

constexpr std::string_view kCommands[] = {
    "EOF", "SUSP", "ABORT", "EOR", "SE", "NOP",  "DMARK", "BRK", "IP",   "AO",
    "AYT", "EC",   "EL",    "GA",  "SB", "WILL", "WONT",  "DO",  "DONT", "IAC",
};
constexpr std::string_view kOptions[] = {
    "BINARY",
    "ECHO",
    "RCP",
    "SUPPRESS GO AHEAD",
    "NAME",
    "STATUS",
    "TIMING MARK",
    "RCTE",
    "NAOL",
    "NAOP",
    "NAOCRD",
    "NAOHTS",
    "NAOHTD",
    "NAOFFD",
    "NAOVTS",
    "NAOVTD",
    "NAOLFD",
    "EXTEND ASCII",
    "LOGOUT",
    "BYTE MACRO",
    "DATA ENTRY TERMINAL",
    "SUPDUP",
    "SUPDUP OUTPUT",
    "SEND LOCATION",
    "TERMINAL TYPE",
    "END OF RECORD",
    "TACACS UID",
    "OUTPUT MARKING",
    "TTYLOC",
    "3270 REGIME",
    "X.3 PAD",
    "NAWS",
    "TSPEED",
    "LFLOW",
    "LINEMODE",
    "XDISPLOC",
    "OLD-ENVIRON",
    "AUTHENTICATION",
    "ENCRYPT",
    "NEW-ENVIRON",
};

constexpr std::string_view kQualifiers[] = {"IS", "SEND", "INFO"};
constexpr std::string_view kAuthenticationCommands[] = {"IS", "SEND", "REPLY", "NAME"};
constexpr std::string_view kAuthenticationTypes[] = {
    "NULL", "KERBEROS_V4", "KERBEROS_V5", "SPX",    "MINK",         "SRP", "RSA",  "SSL", "",
    "",     "LOKI",        "SSA",         "KEA_SJ", "KEA_SJ_INTEG", "DSS", "NTLM",
};
constexpr std::string_view kEncryptionCommands[] = {
    "IS",          "SUPPORT",   "REPLY",     "START", "END", "REQUEST-START",
    "REQUEST-END", "END_KEYID", "DEC_KEYID",
};
constexpr std::string_view kEncryptionTypes[] = {
    "NULL", "DES_CFB64",      "DES_OFB64",      "DES3_CFB64",    "DES3_OFB64",
    "",     "CAST5_40_CFB64", "CAST5_40_OFB64", "CAST128_CFB64", "CAST128_OFB64",
};

void put_number(Line& line, unsigned value) {
  line.put(value == 0 ? "0" : fmt::format("0x{:x}", value));
}

void put_name(Line& line, unsigned value, std::span<const std::string_view> names) {
  line.put(' ');
  if (value < names.size() && !names[value].empty()) return line.put(names[value]);
  put_number(line, value);
}

// Where the end of a subnegotiation stands; 0 when it has none.
std::size_t find_end(const View& view, std::size_t at) {
  for (; at + 1 < view.length() && view.need(at, 1); ++at) {
    if (view.u8(at) == kIac && view.u8(at + 1) == kEnd) return at;
  }
  return at < view.length() && view.u8(at) == kIac ? at : 0;
}

// How long the command is that begins at the view's begin; 0 when it is none, or not complete.
std::size_t command_length(const View& view) {
  if (view.length() < 2) return 0;
  const std::uint8_t command = view.u8(1);
  if (command < kFirstCommand) return 0;
  if (command == kIac || command < kSubnegotiation) return 2;
  if (view.length() < 3) return 0;
  view.need(2, 1);
  if (command != kSubnegotiation) return 3;
  const std::size_t end = find_end(view, 3);
  return end == 0 ? 0 : end + 2;
}

void print_subnegotiation(Line& line, const View& view, std::size_t end) {
  const std::uint8_t option = view.u8(2);
  std::size_t at = 3;
  const auto take = [&](std::span<const std::string_view> names) {
    if (at < end) put_name(line, view.u8(at++), names);
  };
  if (option == kAuthentication) {
    take(kAuthenticationCommands);
    take(kAuthenticationTypes);
  } else if (option == kEncryption) {
    take(kEncryptionCommands);
    take(kEncryptionTypes);
  } else {
    take(kQualifiers);
  }
  while (at < end) put_name(line, view.u8(at++), {});
  line.put(" SE");
}

// REQUIRES: length = command_length(view) != 0.
void print_command(Line& line, const View& view, std::size_t length) {
  const std::uint8_t command = view.u8(1);
  line.field(kCommand, view, 1, 1);
  if (command == kIac) return line.put("IAC IAC");
  line.put(kCommands[command - kFirstCommand]);
  if (command < kSubnegotiation) return;
  put_name(line, view.u8(2), kOptions);
  if (command == kSubnegotiation) print_subnegotiation(line, view, length - 2);
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kTelnet, view);
  bool any = false;
  for (View rest = view; rest.length() != 0 && rest.u8(0) == kIac && !line.cut();) {
    const std::size_t length = command_length(rest);
    if (length == 0 || line.cut()) break;
    line.put(any ? ", " : " [telnet ");
    print_command(line, rest, length);
    if (length > rest.length()) return line.put_cut();
    rest = rest.from(length);
    any = true;
  }
  if (any) line.put(']');
}

}  // namespace weir::packet::telnet
