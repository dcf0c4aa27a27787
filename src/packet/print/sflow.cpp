// sFlow version 5: the head of a datagram.
#include "packet/print/printers.h"

namespace weir::packet::sflow {
namespace {

constexpr Field kFields[] = {
    {.name = "sflow.version", .offset = 0, .size = 4},
    {.name = "sflow.agent.addresstype", .offset = 4, .size = 4},
};
constexpr Protocol kSflow{.name = "sflow", .fields = kFields};

constexpr std::size_t kHeader4 = 28, kHeader6 = 40;
constexpr std::uint32_t kIp4 = 1, kIp6 = 2;
constexpr std::uint32_t kSupported = 5;

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kSflow, view);
  const std::uint32_t family = view.u32(4);
  const std::uint32_t version = view.u32(0);
  if ((family == kIp4 && view.length() < kHeader4) ||
      (family == kIp6 && view.length() < kHeader6)) {
    line.print("sFlowv{} [length {} < {}]", version, view.length(), kHeader4);
    return line.put_invalid();
  }
  if (!view.has(0, kHeader4)) return line.put_cut();
  if (version != kSupported) return line.print("sFlow version {} packet not supported", version);
  const std::size_t end = family == kIp4 ? 12 : 24;
  line.print("sFlowv5, {} agent {}, agent-id {}, ", family == kIp4 ? "IPv4" : "IPv6",
             family == kIp4 ? line.host4_text(view.u32(8)) : line.host6_text(view.bytes(8, 16)),
             view.u32(end));
  if (line.verbose())
    line.print("seqnum {}, uptime {}, samples {}, ", view.u32(end + 4), view.u32(end + 8),
               view.u32(end + 12));
  line.print("length {}", view.length());
}

}  // namespace weir::packet::sflow
