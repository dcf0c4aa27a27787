// The configuration testing protocol of Ethernet (Ethernet 2.0, section 8): frames that ask to be
// sent on, which switches use to test a link. Its numbers are in little endian.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::loopback {
namespace {

constexpr Protocol kLoopback{.name = "loopback"};
constexpr Field kSkipCount{.name = "loop.skipcount"};
constexpr Field kFunction{.name = "loop.function"};
constexpr Field kReceipt{.name = "loop.receipt_number"};
constexpr Field kForward{.name = "loop.forwarding_address", .show = Show::kMac};

constexpr std::uint16_t kReply = 1, kForwardData = 2;
constexpr Named kFunctions[] = {{kReply, "Reply"}, {kForwardData, "Forward Data"}};
constexpr std::size_t kMac = 6;

void put_broken(Line& line, const View& rest) {
  line.put_invalid();
  rest.need(0, rest.length());
}

void put_data(Line& line, const View& data) {
  line.print(", data ({} octets)", data.length());
  data.need(0, data.length());
}

void print_reply(Line& line, const View& view) {
  if (view.length() < 2) return put_broken(line, view);
  const std::uint16_t number = view.le16(0);
  line.field(kReceipt, view, 0, 2, std::uint64_t{number});
  line.print(", receipt number {}", number);
  put_data(line, view.from(2));
}

void print_forward(Line& line, const View& view) {
  if (view.length() < kMac) return put_broken(line, view);
  const auto address = view.bytes(0, kMac);
  line.field(kForward, view, 0, kMac);
  line.put(", forwarding address ");
  line.station(address);
  put_data(line, view.from(kMac));
}

void print_message(Line& line, const View& view) {
  if (view.length() < 2) return put_broken(line, view);
  const std::uint16_t function = view.le16(0);
  if (line.cut()) return;
  line.field(kFunction, view, 0, 2, std::uint64_t{function});
  line.print(", {}", named(kFunctions, function, " invalid ({})"));
  const View rest = view.from(2);
  if (function == kReply) {
    print_reply(line, rest);
  } else if (function == kForwardData) {
    print_forward(line, rest);
  } else {
    rest.need(0, rest.length());
  }
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kLoopback, view);
  line.put("Loopback");
  if (view.length() < 2) return put_broken(line, view);
  const std::size_t skipped = view.le16(0);
  line.field(kSkipCount, view, 0, 2, std::uint64_t{skipped});
  line.print(", skipCount {}{}", skipped, skipped % 8 != 0 ? " (bogus)" : "");
  const View rest = view.from(2);
  if (skipped > rest.length()) return put_broken(line, rest);
  if (rest.need(0, skipped)) print_message(line, rest.from(skipped));
}

}  // namespace weir::packet::loopback
