// DVMRP, which is sent in IGMP (RFC 1075, and its version 3).
#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/print/time_text.h"

namespace weir::packet::dvmrp {
namespace {

constexpr Field kFields[] = {
    {.name = "dvmrp.code", .offset = 1, .size = 1},
};
constexpr Protocol kDvmrp{.name = "dvmrp", .fields = kFields};
constexpr Field kNeighbor{.name = "dvmrp.neighbor", .show = Show::kIp4};

constexpr std::size_t kHeader = 8;
constexpr std::size_t kAddress = 4;

// Each of these prints what stands behind the header; false when it is broken.
using BodyPrinter = bool (*)(Line&, const View& body);

bool is_short(Line& line, const View& rest, std::size_t needed, std::string_view what = " [") {
  if (rest.length() >= needed) return false;
  line.print("{}length {} < {}]", what, rest.length(), needed);
  return true;
}

bool print_probe(Line& line, const View& body) {
  if (!line.verbose()) return true;
  if (is_short(line, body, 4, " [full ")) return false;
  line.put(line.verbose(2) ? "\n\t" : " ");
  line.print("genid {}", body.u32(0));
  if (!line.verbose(2)) return true;
  for (View rest = body.from(4); rest.length() != 0 && !line.cut(); rest = rest.from(kAddress)) {
    if (is_short(line, rest, kAddress, "[remaining ")) return false;
    line.field(kNeighbor, rest, 0, kAddress);
    line.print("\n\tneighbor {}", line.host4_text(rest.u32(0)));
  }
  return true;
}

// Of an origin only the bytes that the mask covers are there; the last has a metric with its
// highest bit set.
bool print_origins(Line& line, View& rest, std::size_t width) {
  bool is_last = false;
  while (!is_last && !line.cut()) {
    if (rest.length() < width + 1) {
      line.put("\n\t  [Truncated Report]");
      return false;
    }
    std::uint32_t origin = 0;
    for (std::size_t i = 0; i < 4; ++i) origin = origin << 8 | (i < width ? rest.u8(i) : 0u);
    const unsigned metric = rest.u8(width);
    line.put("\n\t  ");
    line.text().ip4(origin);
    line.print(" metric {}", metric & 0x7f);
    is_last = (metric & 0x80) != 0;
    rest = rest.from(width + 1);
  }
  return true;
}

bool print_report(Line& line, const View& body) {
  if (!line.verbose(2)) return true;
  for (View rest = body; rest.length() != 0 && !line.cut();) {
    if (is_short(line, rest, 3)) return false;
    const std::uint32_t mask = 0xff000000 | rest.u24(0);
    const std::size_t width = rest.u8(2) != 0   ? 4u
                              : rest.u8(1) != 0 ? 3u
                              : rest.u8(0) != 0 ? 2u
                                                : 1u;
    line.put("\n\tMask ");
    line.text().ip4(mask);
    rest = rest.from(3);
    if (!print_origins(line, rest, width)) return false;
  }
  return true;
}

bool print_neighbors(Line& line, const View& body) {
  constexpr std::size_t kInterface = 7;
  for (View rest = body; rest.length() != 0 && !line.cut();) {
    if (is_short(line, rest, kInterface)) return false;
    const View interface = rest;
    const unsigned count = rest.u8(6);
    rest = rest.from(kInterface);
    for (unsigned i = 0; i < count && !line.cut(); ++i, rest = rest.from(kAddress)) {
      if (is_short(line, rest, kAddress)) return false;
      line.print(" [{} ->", line.host4_text(interface.u32(0)));
      line.print(" {}, ({}/{})]", line.host4_text(rest.u32(0)), interface.u8(4), interface.u8(5));
    }
  }
  return true;
}

void print_neighbor2(Line& line, const View& interface, const View& neighbor) {
  constexpr Named kFlags[] = {
      {0x01, "/tunnel"}, {0x02, "/srcrt"}, {0x40, "/querier"}, {0x20, "/disabled"}, {0x10, "/down"},
  };
  line.field(kNeighbor, neighbor, 0, kAddress);
  line.print(" [{} -> ", line.host4_text(interface.u32(0)));
  line.print("{} ({}/{}{})]", line.host4_text(neighbor.u32(0)), interface.u8(4), interface.u8(5),
             bit_names(kFlags, interface.u8(6), "", ""));
}

bool print_neighbors2(Line& line, const View& body) {
  constexpr std::size_t kInterface = 8;
  for (View rest = body; rest.length() != 0 && !line.cut();) {
    if (is_short(line, rest, kInterface)) return false;
    const View interface = rest;
    unsigned left = rest.u8(7);
    rest = rest.from(kInterface);
    for (; left != 0 && rest.length() != 0 && !line.cut(); --left, rest = rest.from(kAddress)) {
      if (is_short(line, rest, kAddress)) return false;
      print_neighbor2(line, interface, rest);
    }
    if (left != 0) {
      line.put(" [invalid ncount]");
      return false;
    }
  }
  return true;
}

bool print_graft(Line& line, const View& body) {
  line.print(" src {} grp {}", line.host4_text(body.u32(0)), line.host4_text(body.u32(4)));
  return true;
}

bool print_prune(Line& line, const View& body) {
  print_graft(line, body);
  line.put(" timer ");
  const std::uint32_t seconds = body.u32(8);
  put_duration(line.text(), seconds);
  return true;
}

bool print_nothing(Line&, const View&) { return true; }

struct MessageType {
  std::string_view name;
  BodyPrinter print;
};
// From 1 on.
constexpr MessageType kTypes[] = {
    {"Probe", print_probe},
    {"Report", print_report},
    {"Ask-neighbors(old)", print_nothing},
    {"Neighbors(old)", print_neighbors},
    {"Ask-neighbors2", print_nothing},
    {"Neighbors2", print_neighbors2},
    {"Prune", print_prune},
    {"Graft", print_graft},
    {"Graft-ACK", print_graft},
};

}  // namespace

void print(Line& line, const View& view) {
  constexpr unsigned kNeighbors2 = 6;
  line.begin_layer(kDvmrp, view);
  const unsigned type = view.u8(1);
  if (type == 0 || type > std::size(kTypes)) return line.print(" [type {}]", type);
  line.print(" {}", kTypes[type - 1].name);
  if (type == kNeighbors2) line.print(" (v {}.{}):", view.u8(7), view.u8(6));
  if (!kTypes[type - 1].print(line, view.from(kHeader))) line.put_invalid();
}

}  // namespace weir::packet::dvmrp
