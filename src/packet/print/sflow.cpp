// sFlow, version 5: the heads of its datagrams.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::sflow {
namespace {

constexpr Field kFields[] = {
    {.name = "sflow_245.version", .offset = 0, .size = 4},
    {.name = "sflow_245.agenttype", .offset = 4, .size = 4},
};
constexpr Protocol kSflow{.name = "sflow", .fields = kFields};
constexpr Field kAgent4{.name = "sflow_245.agent", .show = Show::kIp4};
constexpr Field kAgent6{.name = "sflow_245.agent.v6", .show = Show::kIp6};

constexpr std::size_t kAgentAt = 8;
constexpr std::size_t kHeader4 = 28;
constexpr std::size_t kHeader6 = 40;

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kSflow, view);
  const std::uint32_t family = view.u32(4);
  if ((family == 1 && view.length() < kHeader4) || (family == 2 && view.length() < kHeader6)) {
    line.print("sFlowv{}", view.u32(0));
    line.print(" [length {} < {}]", view.length(), kHeader4);
    return line.put_invalid();
  }
  if (!view.has(0, kHeader4)) return line.put_cut();
  const std::uint32_t version = view.u32(0);
  if (version != 5) return line.print("sFlow version {} packet not supported", version);
  const std::size_t size = family == 1 ? 4 : 16;
  line.field(family == 1 ? kAgent4 : kAgent6, view, kAgentAt, size);
  const std::string agent = family == 1 ? line.host4_text(view.u32(kAgentAt))
                                        : line.host6_text(view.bytes(kAgentAt, size));
  const View rest = view.from(kAgentAt + size);
  line.print("sFlowv5, IPv{} agent {}, agent-id {}, ", family == 1 ? 4 : 6, agent, rest.u32(0));
  if (line.verbose())
    line.print("seqnum {}, uptime {}, samples {}, ", rest.u32(4), rest.u32(8), rest.u32(12));
  line.print("length {}", view.length());
}

}  // namespace weir::packet::sflow
