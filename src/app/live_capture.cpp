#include "app/live_capture.h"

#include <fmt/format.h>

#include <utility>

#include "app/interfaces.h"
#include "app/live_rings.h"
#include "app/live_stats.h"
#include "app/packet_filter.h"
#include "app/packet_output.h"
#include "capture/live_source.h"
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
    if (set_up()) {
      listen();
      count();
    }
    close_output();
    return std::move(result_);
  }

 private:
  // Nothing is written before everything is known to be sound: a mistake must not empty a file.
  bool set_up() { return plan() && open_rings() && open_output() && confine(); }

  bool plan() {
    if (live_.user) {
      auto user = os::find_user(*live_.user);
      if (!user) return fail_with(user.error());
      user_ = std::move(*user);
    }
    auto links = system_.list_links();
    if (!links) return fail_with(links.error());
    ExpressionOptions expression = options_.expression;
    expression.snaplen = options_.snaplen.value_or(kDefaultSnaplen);
    if (!expression.netmask) expression.netmask = netmask_of(live_, *links);
    filter_.emplace(std::move(expression));
    auto rings = plan_rings(options_, live_, filter_->expression(), *links);
    if (!rings) return fail_with(std::move(rings.error()));
    rings_ = std::move(*rings);
    return true;
  }

  bool open_rings() {
    if (const Remarks& remarks = rings_.front().remarks; !remarks.empty() && sinks_.capture.warn)
      sinks_.capture.warn(remarks);
    std::vector<capture::RingOptions> rings;
    for (const LiveRing& ring : rings_) rings.push_back(ring.options);
    auto source = capture::LiveSource::open(std::move(rings), system_.open_socket);
    if (!source) return fail_with(source.error());
    source_.emplace(std::move(*source));
    result_.listened = true;
    for (std::size_t i = 0; i < rings_.size(); ++i) {
      if (!filter_in_user_space(rings_[i], source_->rings()[i])) return false;
    }
    return true;
  }

  // Where the kernel cannot run the expression.
  bool filter_in_user_space(const LiveRing& planned, const capture::Ring& ring) {
    if (!planned.kernel_cannot && ring.filters_in_kernel()) return true;
    const LinkType link_type = planned.options.frames.link_type.type;
    if (!filter_->prepared(link_type)) {
      const auto prepared = filter_->prepare(link_type);
      if (!prepared) return fail_with(prepared.error());
    }
    filters_here_ = true;
    if (planned.options.shares_interface) return true;
    const std::string why =
        planned.kernel_cannot ? *planned.kernel_cannot : ring.filter_error()->message;
    talk(fmt::format("weir: warning: packets of `{}` are filtered in user space: {}\n", ring.name(),
                     why));
    return true;
  }

  bool open_output() {
    auto output = make_packet_output(options_, sinks_.capture, filter_->expression().files());
    if (!output) return fail_with(output.error());
    output_ = std::move(*output);
    if (const auto begun = output_->begin(source_->info()); !begun) return fail_with(begun.error());
    for (const LiveRing& ring : rings_) {
      if (ring.options.shares_interface) continue;
      talk(fmt::format("listening on {}, link-type {}, snapshot length {} bytes\n",
                       ring.options.name, describe(ring.options.frames.link_type.type),
                       ring.options.frames.snaplen));
    }
    return flush();
  }

  // What comes from now on is not trusted.
  bool confine() {
    if (!system_.confine) return true;
    const std::string output = options_.output.value_or("-");
    if (user_ && output != "-") {
      const auto given = os::give_file(output_->path().value_or(output), *user_);
      if (!given) return fail_with(given.error());
    }
    os::Confinement confinement{.user = user_,
                                .folder = std::nullopt,
                                .runs_commands = options_.rotated_command.has_value()};
    if (options_.rotation.any())
      confinement.folder = capfile::fixed_folder(output, options_.rotation);
    const auto done = system_.confine(confinement);
    return done || fail_with(done.error());
  }

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
      if (!filters_here_ || !filter_->prepared(packet.link_type) || filter_->matches(packet))
        accepted_.push_back(packets_used_);
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

  void close_output() {
    if (output_ == nullptr) return;
    const Result<> closed = output_->close(result_.capture.matched);
    result_.capture.output_wanted = output_->wanted();
    if (closed) return;
    if (!result_.capture.failure) {
      fail_with(closed.error());
    } else if (result_.capture.failure->error.message != closed.error().message) {
      result_.capture.output_error = closed.error();
    }
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
    return fail_with(Failure{.error = std::move(error), .remarks = {}});
  }
  bool fail_with(Failure failure) {
    result_.capture.failure = std::move(failure);
    return false;
  }

  const CaptureOptions& options_;
  const LiveOptions& live_;
  const LiveSinks& sinks_;
  const LiveSystem& system_;
  std::optional<os::User> user_;
  std::optional<PacketFilter> filter_;
  std::vector<LiveRing> rings_;
  std::optional<capture::LiveSource> source_;
  std::unique_ptr<PacketOutput> output_;
  std::optional<LiveStats> stats_;
  Clock::time_point begin_;
  LiveResult result_;
  std::vector<std::uint32_t> accepted_;
  std::uint32_t packets_used_ = 0;
  bool filters_here_ = false;
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
