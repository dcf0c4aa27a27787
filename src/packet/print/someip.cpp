// SOME/IP (AUTOSAR).
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
    {.name = "someip.messagetype", .offset = 14, .size = 1},
    {.name = "someip.returncode", .offset = 15, .size = 1},
};
constexpr Protocol kSomeip{.name = "someip", .fields = kFields};

constexpr Named kMessageTypes[] = {
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
constexpr std::string_view kReturnCodes[] = {
    "E_OK",
    "E_NOT_OK",
    "E_UNKNOWN_SERVICE",
    "E_UNKNOWN_METHOD",
    "E_NOT_READY",
    "E_NOT_REACHABLE",
    "E_TIMEOUT",
    "E_WRONG_PROTOCOL_VERSION",
    "E_WRONG_INTERFACE_VERSION",
    "E_MALFORMED_MESSAGE",
    "E_WRONG_MESSAGE_TYPE",
    "E_E2E_REPEATED",
    "E_E2E_WRONG_SEQUENCE",
    "E_E2E",
    "E_E2E_NOT_AVAILABLE",
    "E_E2E_NO_NEW_DATA",
};

}  // namespace

void print(Line& line, const View& view) {
  constexpr std::size_t kHeader = 16;
  line.begin_layer(kSomeip, view);
  line.put("SOMEIP");
  if (view.length() < kHeader) return line.put_invalid();
  view.need(0, 4);
  const unsigned method = view.u16(2);
  line.print(", service {}, {} {}", view.u16(0), (method & 0x8000) != 0 ? "event" : "method",
             method & 0x7fff);
  line.print(", len {}", view.u32(4));
  view.need(8, 4);
  line.print(", client {}, session {}", view.u16(8), view.u16(10));
  line.print(", pver {}", view.u8(12));
  line.print(", iver {}", view.u8(13));
  line.print(", msgtype {}", name_of(kMessageTypes, view.u8(14), "Unknown"));
  const unsigned code = view.u8(15);
  line.print(", retcode {}\n", code < std::size(kReturnCodes) ? kReturnCodes[code] : "Unknown");
}

}  // namespace weir::packet::someip
