// SOME/IP, the middleware of AUTOSAR.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::someip {
namespace {

constexpr Field kFields[] = {
    {.name = "someip.serviceid", .offset = 0, .size = 2, .show = Show::kHex},
    {.name = "someip.methodid", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "someip.length", .offset = 4, .size = 4},
    {.name = "someip.clientid", .offset = 8, .size = 2, .show = Show::kHex},
    {.name = "someip.sessionid", .offset = 10, .size = 2, .show = Show::kHex},
    {.name = "someip.protoversion", .offset = 12, .size = 1},
    {.name = "someip.interfaceversion", .offset = 13, .size = 1},
    {.name = "someip.messagetype", .offset = 14, .size = 1, .show = Show::kHex},
    {.name = "someip.returncode", .offset = 15, .size = 1, .show = Show::kHex},
};
constexpr Protocol kSomeIp{.name = "someip", .fields = kFields};

constexpr Named kTypes[] = {
    {0x00, "REQUEST"},
    {0x01, "REQUEST_NO_RETURN"},
    {0x02, "NOTIFICATION"},
    {0x80, "RESPONSE"},
    {0x81, "ERROR"},
    {0x20, "TP_REQUEST"},
    {0x21, "TP_REQUEST_NO_RETURN"},
    {0x22, "TP_NOTIFICATION"},
    {0xa0, "TP_RESPONSE"},
    {0xa1, "TP_ERROR"},
};
constexpr Named kCodes[] = {
    {0x00, "E_OK"},
    {0x01, "E_NOT_OK"},
    {0x02, "E_UNKNOWN_SERVICE"},
    {0x03, "E_UNKNOWN_METHOD"},
    {0x04, "E_NOT_READY"},
    {0x05, "E_NOT_REACHABLE"},
    {0x06, "E_TIMEOUT"},
    {0x07, "E_WRONG_PROTOCOL_VERSION"},
    {0x08, "E_WRONG_INTERFACE_VERSION"},
    {0x09, "E_MALFORMED_MESSAGE"},
    {0x0a, "E_WRONG_MESSAGE_TYPE"},
    {0x0b, "E_E2E_REPEATED"},
    {0x0c, "E_E2E_WRONG_SEQUENCE"},
    {0x0d, "E_E2E"},
    {0x0e, "E_E2E_NOT_AVAILABLE"},
    {0x0f, "E_E2E_NO_NEW_DATA"},
};

}  // namespace

void print(Line& line, const View& view) {
  constexpr std::size_t kHeader = 16;
  line.begin_layer(kSomeIp, view);
  line.put("SOMEIP");
  if (view.length() < kHeader) return line.put_invalid();
  const std::uint32_t id = view.u32(0);
  line.print(", service {}, {} {}", id >> 16, (id & 0x8000) != 0 ? "event" : "method", id & 0x7fff);
  line.print(", len {}", view.u32(4));
  const std::uint32_t request = view.u32(8);
  line.print(", client {}, session {}", request >> 16, request & 0xffff);
  line.print(", pver {}", view.u8(12));
  line.print(", iver {}", view.u8(13));
  line.print(", msgtype {}", name_of(kTypes, view.u8(14), "Unknown"));
  // tcpdump ends this line twice.
  line.print(", retcode {}\n", name_of(kCodes, view.u8(15), "Unknown"));
}

}  // namespace weir::packet::someip
