// SystemNames: names as this machine resolves them, through getaddrinfo(3), services(5),
// protocols(5), networks(5) and ethers(5).
#pragma once

#include <memory>

#include "base/names.h"

namespace weir::os {

// Each answer is what the machine says at that moment; nothing is kept. A host may be asked over
// the network, and take as long as that takes. Safe from several threads.
std::unique_ptr<Names> system_names();

}  // namespace weir::os
