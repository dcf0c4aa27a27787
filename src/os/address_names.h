// The names that this machine has for addresses and ports: getnameinfo(3), services(5),
// protocols(5), ethers(5); and for its interfaces.
#pragma once

#include <memory>

#include "base/address_names.h"

namespace weir::os {

// Each answer is kept, for as many addresses as memory is set aside for. A host may be asked for
// over the network, and take as long as that takes. Not for several threads.
std::unique_ptr<AddressNames> system_address_names();

}  // namespace weir::os
