// RPL, routing for low-power networks (RFC 6550).
#include "packet/print/named.h"
#include "packet/print/net/icmp6_internal.h"

namespace weir::packet::icmp6 {
namespace {

constexpr Field kInstance{.name = "icmpv6.rpl.instance"};

constexpr std::size_t kDodagId = 16;

constexpr Named kModes[] = {
    {0, "nonstoring"},
    {1, "storing"},
    {2, "nonstoring-multicast"},
    {3, "storing-multicast"},
};
constexpr Named kRplOptions[] = {
    {1, "padN"},      {2, "metrics"},     {3, "routinginfo"}, {4, "config"},
    {5, "rpltarget"}, {6, "transitinfo"}, {8, "destprefix"},  {9, "rpltargetdesc"},
};

void print_rpl_options(Line& line, View rest) {
  constexpr std::size_t kHeader = 2;
  while (rest.length() != 0 && !line.cut()) {
    const std::uint8_t type = rest.u8(0);
    if (type == 0) {
      line.put(" opt:pad1");
      rest = rest.from(1);
      continue;
    }
    if (rest.length() < kHeader) return line.put_cut();
    const std::size_t size = rest.u8(1) + kHeader;
    line.print(" opt:{} len:{} ", named(kRplOptions, type, "subopt:{}"), size);
    if (!rest.has(0, size) || rest.length() < size) return line.put_cut();
    if (line.verbose(3)) line.hex_lines(rest.from(kHeader).claiming(size - kHeader), " ");
    rest = rest.from(size);
  }
}

void print_information(Line& line, const View& view) {
  constexpr std::size_t kSize = 24;
  if (view.length() < kSize) return line.put_invalid();
  const unsigned mode = view.u8(4);
  line.field(kInstance, view, 0, 1);
  line.print(" [dagid:{},seq:{},instance:{},rank:{},{}mop:{},prf:{}]",
             line.host6_text(view.bytes(8, kDodagId)), view.u8(5), view.u8(0), view.u16(2),
             (mode & 0x80) != 0 ? "grounded," : "", named(kModes, mode >> 3 & 7, "mop{}"),
             mode & 7);
  if (line.verbose(2)) print_rpl_options(line, view.from(kSize));
}

// The identifier of a graph, which may be left out.
struct Graph {
  std::string text = "<elided>";
  View rest;
};

enum class GraphError { kNone, kCut, kTooShort };

GraphError read_graph(Line& line, const View& view, bool is_there, Graph& graph) {
  constexpr std::size_t kFixed = 4;
  if (view.length() < kFixed) return GraphError::kTooShort;
  graph.rest = view.from(kFixed);
  if (!is_there) return GraphError::kNone;
  if (!view.has(kFixed, kDodagId)) return GraphError::kCut;
  if (graph.rest.length() < kDodagId) return GraphError::kTooShort;
  graph.text = line.host6_text(view.bytes(kFixed, kDodagId));
  graph.rest = graph.rest.from(kDodagId);
  return GraphError::kNone;
}

void print_advertisement(Line& line, const View& view) {
  if (!view.has(0, 4 + kDodagId)) return line.put_cut();
  const std::uint8_t flags = view.u8(1);
  Graph graph{.rest = view};
  const GraphError error = read_graph(line, view, (flags & 0x40) != 0, graph);
  if (error == GraphError::kCut) return line.put_cut();
  if (error == GraphError::kTooShort) return line.put(" [|length too short]");
  line.field(kInstance, view, 0, 1);
  line.print(" [dagid:{},seq:{},instance:{}{}{},{:02x}]", graph.text, view.u8(3), view.u8(0),
             (flags & 0x80) != 0 ? ",acK" : "", (flags & 0x40) != 0 ? ",Dagid" : "", flags);
  if (line.verbose(2)) print_rpl_options(line, graph.rest);
}

void print_acknowledgement(Line& line, const View& view) {
  if (!view.has(0, 4)) return line.put_cut();
  Graph graph{.rest = view};
  const GraphError error = read_graph(line, view, (view.u8(1) & 0x80) != 0, graph);
  if (error == GraphError::kCut) return line.put_cut();
  if (error == GraphError::kTooShort) return line.put(" [|dao-length too short]");
  line.field(kInstance, view, 0, 1);
  line.print(" [dagid:{},seq:{},instance:{},status:{}]", graph.text, view.u8(2), view.u8(0),
             view.u8(3));
  if (line.verbose(2)) print_rpl_options(line, graph.rest);
}

struct RplCode {
  std::string_view name;
  void (*print)(Line&, const View&) = nullptr;
};
constexpr RplCode kRplCodes[] = {
    {"DODAG Information Solicitation"},
    {"DODAG Information Object", print_information},
    {"Destination Advertisement Object", print_advertisement},
    {"Destination Advertisement Object Ack", print_acknowledgement},
};

}  // namespace

End print_rpl(Line& line, const View& view) {
  const std::uint8_t code = view.u8(1);
  if ((code & 0x80) != 0) {
    line.put(", (SEC) [worktodo]");
    return End::kLength;
  }
  line.put(", (CLR)");
  if (code >= std::size(kRplCodes)) {
    line.print("RPL message, unknown code {}", code);
    return End::kLength;
  }
  line.put(kRplCodes[code].name);
  if (line.verbose() && kRplCodes[code].print != nullptr) kRplCodes[code].print(line, view.from(4));
  return End::kLength;
}

}  // namespace weir::packet::icmp6
