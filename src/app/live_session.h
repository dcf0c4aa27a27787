// What a live capture runs on, opened in an order that matters: everything that the user may have
// got wrong is found before a file is created, the sockets are open before privileges go, and
// nothing from outside is looked at before they are gone.
#pragma once

#include <memory>
#include <optional>

#include "app/live_capture.h"
#include "app/packet_filter.h"
#include "app/packet_output.h"
#include "capture/live_source.h"

namespace weir::app {

struct LiveSession {
  std::unique_ptr<capture::LiveSource> source;
  std::unique_ptr<PacketOutput> output;  // begun with the source
  // Where the kernel cannot run the expression, it decides here; prepared for those link types.
  std::optional<PacketFilter> filter;

  bool accepts(const Packet& packet) const {
    return !filter || !filter->prepared(packet.link_type) ||
           filter->matches(packet, packet.link_type);
  }
};

Outcome<LiveSession> open_live_session(const CaptureOptions& options, const LiveOptions& live,
                                       const LiveSinks& sinks, const LiveSystem& system);

}  // namespace weir::app
