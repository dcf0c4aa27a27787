// RingThread: a thread that waits for the blocks of one ring and reads them, and the bounded queue
// in which it hands them on, as packets.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include <weir/packet.h>
#include <weir/result.h>

#include "capture/block_reader.h"
#include "os/wakeup.h"

namespace weir::capture {

// A block that was read. It is whoever's has the batch, who gives it back.
struct RingBatch {
  std::vector<Packet> packets;
  BlockReader::Taken taken;
};

// Its functions are for one other thread, which outlives it.
class RingThread {
 public:
  // `blocks` and `fd` are the ring's; they and `news` outlive the thread, to which `blocks` belongs
  // from start() on. `news` is rung when there is something to take or to hear.
  RingThread(BlockReader& blocks, int fd, const os::Wakeup& news, os::Wakeup stop)
      : blocks_(blocks), fd_(fd), news_(news), stop_(std::move(stop)) {}
  ~RingThread();
  RingThread(const RingThread&) = delete;
  RingThread& operator=(const RingThread&) = delete;

  Result<> start();
  // Ends the thread. What it has read can still be taken; its blocks are the caller's again.
  void stop();

  // The next block that has been read, if there is one.
  std::optional<RingBatch> take();
  // REQUIRES: of this thread, and in the order in which they were taken.
  void give_back(RingBatch batch);
  bool has_block() const;

  // The socket is ready without a block, to tell of an error; nothing more comes until heard().
  bool has_news() const;
  void heard();

 private:
  void run();
  // False when it is time to stop.
  bool wait_for_room();
  bool wait_for_block();
  void hand_on(RingBatch batch);

  BlockReader& blocks_;
  int fd_;
  const os::Wakeup& news_;
  os::Wakeup stop_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Under the mutex.
  std::deque<RingBatch> read_;
  std::vector<std::vector<Packet>> spare_;  // memory to be used again
  std::size_t blocks_out_ = 0;              // read, and not yet given back
  bool has_news_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace weir::capture
