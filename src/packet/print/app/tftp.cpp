// TFTP (RFC 1350, 2347).
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::tftp {
namespace {

constexpr Field kFields[] = {
    {.name = "tftp.opcode", .offset = 0, .size = 2},
};
constexpr Protocol kTftp{.name = "tftp", .fields = kFields};
constexpr Field kBlock{.name = "tftp.block"};
constexpr Field kErrorCode{.name = "tftp.error.code"};
constexpr Field kFileName{.name = "tftp.file", .show = Show::kText};

constexpr Named kErrors[] = {
    {0, "EUNDEF"}, {1, "ENOTFOUND"}, {2, "EACCESS"}, {3, "ENOSPACE"},
    {4, "EBADOP"}, {5, "EBADID"},    {6, "EEXISTS"}, {7, "ENOUSER"},
};

// Takes a string with its zero byte away from `rest`; false when it has no end.
bool take_string(Line& line, View& rest) {
  std::size_t size = 0;
  while (size < rest.length() && rest.has(size, 1) && rest.u8(size) != 0) ++size;
  line.escaped(rest.bytes(0, size));
  if (size == rest.length() || !rest.has(size, 1)) return false;
  rest = rest.from(size + 1);
  return true;
}

// Each of these prints what follows the operation; false when it is cut short.
bool print_options(Line& line, View& rest) {
  while (rest.length() != 0 && !line.cut()) {
    if (rest.u8(0) != 0) line.put(' ');
    if (!take_string(line, rest)) return false;
  }
  return true;
}

bool print_request(Line& line, View& rest) {
  if (rest.length() == 0) return false;
  line.put(" \"");
  const std::size_t before = line.text().size();
  const View name = rest;
  const bool has_end = take_string(line, rest);
  if (line.wants_fields())
    line.field(kFileName, name, 0, name.length() - rest.length(),
               line.text().view().substr(before));
  line.put('"');
  if (!has_end || rest.length() == 0) return false;
  line.put(' ');
  return take_string(line, rest) && print_options(line, rest);
}

bool print_block(Line& line, View& rest) {
  if (rest.length() < 2) return false;
  line.field(kBlock, rest, 0, 2);
  line.print(" block {}", rest.u16(0));
  return true;
}

bool print_error(Line& line, View& rest) {
  if (rest.length() < 2) return false;
  line.field(kErrorCode, rest, 0, 2);
  line.print(" {}", named(kErrors, rest.u16(0), "tftp-err-#{} \""));
  rest = rest.from(2);
  if (rest.length() == 0) return false;
  line.put(" \"");
  const bool has_end = take_string(line, rest);
  line.put('"');
  return has_end;
}

struct Operation {
  std::string_view name;
  bool (*print)(Line&, View&);
};
constexpr Operation kOperations[] = {
    {"RRQ", print_request}, {"WRQ", print_request}, {"DATA", print_block},
    {"ACK", print_block},   {"ERROR", print_error}, {"OACK", print_options},
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kTftp, view);
  line.print("TFTP, length {}", view.length());
  if (view.length() < 2) return line.put_cut();
  const unsigned code = view.u16(0);
  if (code == 0 || code > std::size(kOperations)) return line.print(", tftp-#{}", code);
  const Operation& operation = kOperations[code - 1];
  line.print(", {}", operation.name);
  View rest = view.from(2);
  if (!operation.print(line, rest)) line.put_cut();
}

}  // namespace weir::packet::tftp
