// Multipath TCP (RFC 6824, RFC 8684).
#include "packet/print/printers.h"

namespace weir::packet::mptcp {

bool print(Line&, const View&, std::uint8_t) { return true; }

}  // namespace weir::packet::mptcp
