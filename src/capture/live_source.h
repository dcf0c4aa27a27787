// LiveSource: packets of some interfaces at once, in batches merged by time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <weir/packet.h>
#include <weir/result.h>

#include "capfile/batch.h"
#include "capfile/info.h"
#include "capture/ring.h"

namespace weir::capture {

class LiveSource {
 public:
  // The interface ids count in `rings` without those that share the interface of the one before.
  static Result<LiveSource> open(std::vector<RingOptions> rings,
                                 const os::PacketSocketOpener& open_socket);

  // What the rings hold now, at most a block of each: views that live until the next call, in the
  // order of their times. end() when none has a block ready, which is not the end.
  Result<capfile::Batch> next_batch();

  // Whether next_batch() would have packets.
  bool has_block() const;

  // Asks the sockets why they report an error: gives the interfaces that went down since the last
  // call, and fails when one has gone.
  Result<std::vector<std::string>> check_links();
  // An interface went down, and no packet came since: it may go without a word, so check_links()
  // should be called now and then.
  bool is_any_down() const { return any_down_; }

  // Lets no more packets in. What was accepted before is still to come: all of it has been taken
  // when is_drained() says so.
  void close_entry();
  Result<bool> is_drained();

  // Since the start, over all rings.
  Result<os::RingCounts> counts();

  const capfile::CaptureInfo& info() const { return info_; }
  const std::vector<int>& fds() const { return fds_; }
  const std::vector<Ring>& rings() const { return rings_; }

 private:
  Result<> share_interfaces();
  void give_back();

  std::vector<Ring> rings_;
  std::vector<int> fds_;
  capfile::CaptureInfo info_;
  std::vector<Packet> packets_;
  std::optional<Error> damage_;
  bool any_down_ = false;
};

}  // namespace weir::capture
