// Outputs that print packets: as lines, as JSON, as columns of fields.
#pragma once

#include <memory>

#include "app/capture.h"
#include "app/packet_output.h"

namespace weir::app {

// As the options say.
std::unique_ptr<PacketOutput> make_printing_output(const CaptureOptions& options,
                                                   const CaptureSinks& sinks);

}  // namespace weir::app
