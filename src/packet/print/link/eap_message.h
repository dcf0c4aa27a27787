// Messages of the Extensible Authentication Protocol (RFC 3748), which RADIUS and EAPOL carry.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::eap_message {

// As long as its view claims.
void print(Line& line, const View& message);

}  // namespace weir::packet::eap_message
