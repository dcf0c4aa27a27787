// sFlow, version 5.
#include "packet/print/app/sflow_samples.h"
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
  if (!rest.need(0, line.verbose() ? 16 : 4)) return;
  line.print("sFlowv5, IPv{} agent {}, agent-id {}, ", family == 1 ? 4 : 6, agent, rest.u32(0));
  const std::uint32_t count = line.verbose() ? rest.u32(12) : 0;
  if (line.verbose())
    line.print("seqnum {}, uptime {}, samples {}, ", rest.u32(4), rest.u32(8), count);
  line.print("length {}", view.length());
  if (!line.verbose()) return;
  constexpr std::size_t kBehindAgent = 16;
  if (rest.length() >= kBehindAgent) return print_samples(line, rest.from(kBehindAgent), count);
  line.print(" [tlen {} < {}]", view.length(), kHeader6);
  line.put_invalid();
  view.need(0, view.length());
}

}  // namespace weir::packet::sflow
