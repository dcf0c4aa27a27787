#include "capture/ring_thread.h"

#include <array>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include "base/signals_held.h"
#include "os/ring_block.h"
#include "os/wait.h"

namespace weir::capture {
namespace {

// One is read while another one is used. More would keep them from the kernel.
constexpr std::size_t kMostBlocksOut = 2;

}  // namespace

RingThread::~RingThread() { stop(); }

void RingThread::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  stop_.ring();
  thread_.join();
}

Result<> RingThread::start() {
  const SignalsHeld held;  // a thread inherits what is held: signals are for the others
  try {
    thread_ = std::thread(&RingThread::run, this);
  } catch (const std::system_error& error) {
    return fail(std::string("cannot start a thread: ") + error.what(), "leave out `--fanout`");
  }
  return {};
}

std::optional<RingBatch> RingThread::take() {
  const std::lock_guard lock(mutex_);
  if (read_.empty()) return std::nullopt;
  RingBatch out = std::move(read_.front());
  read_.pop_front();
  return out;
}

void RingThread::give_back(RingBatch batch) {
  os::give_back(batch.taken.block);
  {
    const std::lock_guard lock(mutex_);
    --blocks_out_;
    spare_.push_back(std::move(batch.packets));
  }
  changed_.notify_one();
}

bool RingThread::has_block() const {
  const std::lock_guard lock(mutex_);
  return !read_.empty();
}

bool RingThread::has_news() const {
  const std::lock_guard lock(mutex_);
  return has_news_;
}

void RingThread::heard() {
  {
    const std::lock_guard lock(mutex_);
    has_news_ = false;
  }
  changed_.notify_one();
}

void RingThread::run() {
  while (wait_for_room()) {
    if (!wait_for_block()) continue;
    RingBatch batch;
    {
      const std::lock_guard lock(mutex_);
      if (!spare_.empty()) {
        batch.packets = std::move(spare_.back());
        spare_.pop_back();
      }
    }
    batch.packets.clear();
    batch.taken = blocks_.take(batch.packets, std::numeric_limits<std::size_t>::max());
    hand_on(std::move(batch));
  }
}

// The kernel says that the socket is ready as long as the last block that it filled is ours, so
// that there is no waiting for another one before that has been given back.
bool RingThread::wait_for_room() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] {
    if (stopping_) return true;
    if (has_news_) return false;
    return blocks_out_ == 0 || (blocks_out_ < kMostBlocksOut && blocks_.has_block());
  });
  return !stopping_;
}

// False when there is none after all, be it since the socket has something else to say.
bool RingThread::wait_for_block() {
  if (blocks_.has_block()) return true;
  const std::array fds = {fd_, stop_.fd()};
  (void)os::wait_readable(fds, std::nullopt, {});
  if (blocks_.has_block()) return true;
  {
    const std::lock_guard lock(mutex_);
    has_news_ = !stopping_;
  }
  news_.ring();
  return false;
}

void RingThread::hand_on(RingBatch batch) {
  {
    const std::lock_guard lock(mutex_);
    ++blocks_out_;
    read_.push_back(std::move(batch));
  }
  news_.ring();
}

}  // namespace weir::capture
