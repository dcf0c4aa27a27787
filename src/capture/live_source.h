// LiveSource: packets of some interfaces at once, in batches merged by time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <weir/packet.h>
#include <weir/result.h>

#include "capfile/batch.h"
#include "capfile/info.h"
#include "capture/ring.h"
#include "capture/ring_thread.h"
#include "os/wakeup.h"

namespace weir::capture {

class LiveSource {
 public:
  // The interface ids count in `rings` without those that share the interface of the one before.
  static Result<LiveSource> open(std::vector<RingOptions> rings,
                                 const os::PacketSocketOpener& open_socket);

  // Rings that share an interface are read by a thread each from here on, in parallel with whoever
  // uses the packets; without such rings nothing changes.
  Result<> start_threads();

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
  // Ready when next_batch() or check_links() has something to tell.
  const std::vector<int>& fds() const { return fds_; }
  const std::vector<Ring>& rings() const { return rings_; }

 private:
  Result<> share_interfaces();
  void give_back();
  void take_from_rings();
  void take_from_threads();
  void note(Ring& ring, const BlockReader::Taken& taken, std::span<const Packet> packets);
  void merge();

  std::vector<Ring> rings_;
  std::vector<int> fds_;
  capfile::CaptureInfo info_;

  // Of the batch that is out: the packets of each ring that has some, and the same merged.
  std::vector<std::vector<Packet>> from_rings_;
  std::vector<std::span<const Packet>> runs_;
  std::vector<Packet> merged_;
  std::span<const std::byte> bytes_;
  std::vector<std::span<std::byte>> finished_;  // blocks to give back

  std::unique_ptr<os::Wakeup> news_;
  std::vector<std::unique_ptr<RingThread>> threads_;  // none, or as many as rings; they go first
  std::vector<std::optional<RingBatch>> lent_;        // by each
  bool has_threads_ = false;                          // and they read the rings
  std::optional<Error> damage_;
  bool any_down_ = false;
};

}  // namespace weir::capture
