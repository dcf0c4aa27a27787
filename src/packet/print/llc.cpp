// LLC (IEEE 802.2) and SNAP (RFC 1042).
#include "packet/print/printers.h"

namespace weir::packet::llc {

Result print(Line&, const View&, std::span<const std::byte>, std::span<const std::byte>) {
  return {.header_length = 0, .known = false};
}

}  // namespace weir::packet::llc
