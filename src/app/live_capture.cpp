#include "app/live_capture.h"

#include <fmt/format.h>

#include <utility>

#include "app/live_session.h"
#include "app/live_stats.h"
#include "os/wait.h"

namespace weir::app {
namespace {

using Clock = std::chrono::steady_clock;

// How long what the kernel still holds of the packets it accepted may take to come, once no more
// are let in: until it gives its last block to us.
constexpr std::chrono::seconds kDrainTime(1);

// How often an interface that is down is looked at.
constexpr std::chrono::milliseconds kDownTime(100);

class LiveRun {
 public:
  LiveRun(const CaptureOptions& options, const LiveOptions& live, const LiveSinks& sinks,
          const LiveSystem& system)
      : options_(options), live_(live), sinks_(sinks), system_(system) {}

  LiveResult run() {
    auto session = open_live_session(options_, live_, sinks_, system_);
    if (session) {
      session_ = std::move(*session);
      source_ = session_.source.get();
      output_ = session_.output.get();
      result_.listened = true;
      listen();
      count();
      close_output(*output_, result_.capture);
    } else if (!is_stopped()) {  // perhaps that is why: a named pipe waits for its reader
      result_.capture.failure = std::move(session.error());
    }
    return std::move(result_);
  }

 private:
  void listen() {
    begin_ = Clock::now();
    stats_.emplace(live_.stats_every, begin_);
    for (;;) {
      if (is_stopped() || is_over()) return drain();
      if (!report_stats()) return;
      const auto batch = source_->next_batch();
      if (!batch) return void(fail_with(batch.error()));
      if (!batch->end()) {
        if (!take(*batch)) return;
      } else if (!flush() || !wait()) {
        return;
      }
    }
  }

  // All that the filter accepted until now is used, and nothing after it.
  void drain() {
    source_->close_entry();
    const Clock::time_point deadline = Clock::now() + kDrainTime;
    for (;;) {
      const auto batch = source_->next_batch();
      if (!batch) return void(fail_with(batch.error()));
      if (!batch->end()) {
        if (!take(*batch)) return;
        continue;
      }
      const Clock::time_point now = Clock::now();
      if (source_->is_drained().value_or(true) || now >= deadline) return;
      (void)os::wait_readable(source_->fds(), deadline - now, {});
    }
  }

  bool wait() {
    const auto interrupted = [this] { return is_stopped() || wants_stats(); };
    const os::Wait why = os::wait_readable(source_->fds(), time_left(), interrupted);
    // A socket that is ready without a block has something to say.
    const bool may_have_changed =
        (why == os::Wait::kReady && !source_->has_block()) || source_->is_any_down();
    return !may_have_changed || check_links();
  }

  std::optional<std::chrono::nanoseconds> time_left() const {
    const Clock::time_point now = Clock::now();
    std::optional<std::chrono::nanoseconds> left = stats_->time_left(now);
    const auto shorten = [&](std::chrono::nanoseconds time) {
      left = left ? std::min(*left, time) : time;
    };
    if (live_.duration) shorten(begin_ + *live_.duration - now);
    if (source_->is_any_down()) shorten(kDownTime);
    return left;
  }

  bool check_links() {
    const auto down = source_->check_links();
    if (!down) {
      drain();
      return result_.capture.failure ? false : fail_with(down.error());
    }
    for (const std::string& name : *down)
      talk(fmt::format("weir: warning: the interface `{}` went down\n", name));
    return true;
  }

  bool take(const capfile::Batch& batch) {
    select(batch);
    const std::uint64_t first_number = result_.capture.read + 1;
    const auto taken = live_.flush_each ? put_one_by_one(batch, first_number)
                                        : output_->take(batch, accepted_, first_number);
    if (!taken) return fail_with(taken.error());
    result_.capture.read += packets_used_;
    result_.capture.matched += accepted_.size();
    for (const std::uint32_t index : accepted_)
      result_.counts.bytes += batch.packets[index].wire_length;
    return output_->wanted() && result_.capture.matched < limit();
  }

  Result<> put_one_by_one(const capfile::Batch& batch, std::uint64_t first_number) {
    for (const std::uint32_t& index : accepted_) {
      if (auto taken = output_->take(batch, std::span(&index, 1), first_number); !taken)
        return taken;
      if (auto flushed = output_->flush(); !flushed) return flushed;
    }
    return {};
  }

  // Fills accepted_ with the indices of the packets that match, up to the limit.
  void select(const capfile::Batch& batch) {
    accepted_.clear();
    packets_used_ = 0;
    const std::uint64_t room = limit() - result_.capture.matched;
    for (const Packet& packet : batch.packets) {
      if (accepted_.size() == room) return;
      if (session_.accepts(packet)) accepted_.push_back(packets_used_);
      ++packets_used_;
    }
  }

  bool report_stats() {
    const bool asked = wants_stats();
    const Clock::time_point now = Clock::now();
    if (!asked && !stats_->due(now)) return true;
    count();
    stats_asked_ = false;
    talk(stats_->line(result_.counts, now));
    return true;
  }

  // Remembers that it was asked, for the question is answered once.
  bool wants_stats() {
    stats_asked_ = stats_asked_ || (sinks_.stats_wanted && sinks_.stats_wanted());
    return stats_asked_;
  }

  void count() {
    result_.counts.captured = result_.capture.matched;
    const auto counts = source_->counts();
    if (!counts) return;
    result_.counts.accepted = counts->accepted;
    result_.counts.dropped = counts->dropped;
  }

  bool flush() {
    const Result<> flushed = output_->flush();
    return flushed ? output_->wanted() : fail_with(flushed.error());
  }

  bool is_stopped() {
    result_.capture.stopped = sinks_.capture.stopped && sinks_.capture.stopped();
    return result_.capture.stopped;
  }
  bool is_over() const { return live_.duration && Clock::now() >= begin_ + *live_.duration; }
  std::uint64_t limit() const { return options_.limit.value_or(~std::uint64_t{0}); }

  void talk(const std::string& text) {
    if (sinks_.talk) sinks_.talk(text);
  }

  bool fail_with(Error error) {
    result_.capture.failure = Failure{.error = std::move(error), .remarks = {}};
    return false;
  }

  const CaptureOptions& options_;
  const LiveOptions& live_;
  const LiveSinks& sinks_;
  const LiveSystem& system_;
  LiveSession session_;
  capture::LiveSource* source_ = nullptr;  // the session's
  PacketOutput* output_ = nullptr;
  std::optional<LiveStats> stats_;
  Clock::time_point begin_;
  LiveResult result_;
  std::vector<std::uint32_t> accepted_;
  std::uint32_t packets_used_ = 0;
  bool stats_asked_ = false;
};

std::string plural(std::uint64_t count, std::string_view what) {
  return fmt::format("{} packet{} {}\n", count, count == 1 ? "" : "s", what);
}

}  // namespace

LiveSystem this_machine() {
  return {.list_links = [] { return os::list_links(); },
          .open_socket = os::open_packet_socket,
          .confine = os::confine};
}

LiveResult capture_live(const CaptureOptions& options, const LiveOptions& live,
                        const LiveSinks& sinks, const LiveSystem& system) {
  return LiveRun(options, live, sinks, system).run();
}

std::string render_counts(const LiveCounts& counts) {
  return plural(counts.captured, "captured") + plural(counts.accepted, "received by filter") +
         plural(counts.dropped, "dropped by kernel");
}

}  // namespace weir::app
