#include "app/live_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/interfaces.h"
#include "app/live_rings.h"

namespace weir::app {
namespace {

// Each step returns false when it failed; failure_ then says why.
class SessionOpening {
 public:
  SessionOpening(const CaptureOptions& options, const LiveOptions& live, const LiveSinks& sinks,
                 const LiveSystem& system)
      : options_(options), live_(live), sinks_(sinks), system_(system) {}

  Outcome<LiveSession> run() {
    const bool open = plan() && open_rings() && open_output() && confine();
    if (!open) return std::unexpected(std::move(failure_));
    LiveSession out{.source = std::move(source_), .output = std::move(output_), .filter = {}};
    if (filters_here_) out.filter = std::move(filter_);
    return out;
  }

 private:
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
    warn();
    std::vector<capture::RingOptions> rings;
    for (const LiveRing& ring : rings_) rings.push_back(ring.options);
    auto source = capture::LiveSource::open(std::move(rings), system_.open_socket);
    if (!source) return fail_with(source.error());
    source_ = std::make_unique<capture::LiveSource>(std::move(*source));
    for (std::size_t i = 0; i < rings_.size(); ++i) {
      if (!filter_in_user_space(rings_[i], source_->rings()[i])) return false;
    }
    return true;
  }

  // What is to say of a link type is said once.
  void warn() const {
    std::vector<LinkType> told;
    for (const LiveRing& ring : rings_) {
      const LinkType link_type = ring.options.frames.link_type.type;
      if (std::ranges::find(told, link_type) != told.end()) continue;
      told.push_back(link_type);
      if (!ring.remarks.empty() && sinks_.capture.warn) sinks_.capture.warn(ring.remarks);
    }
  }

  // Where the kernel cannot run the expression.
  bool filter_in_user_space(const LiveRing& planned, const capture::Ring& ring) {
    if (!planned.kernel_cannot && ring.filters_in_kernel()) return true;
    const LinkType link_type = planned.options.frames.link_type.type;
    if (planned.never_matches) {
      filter_->reject(link_type);
    } else if (!filter_->prepared(link_type)) {
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
    const auto flushed = output_->flush();  // a reader of a pipe waits for the header
    return flushed || fail_with(flushed.error());
  }

  // What comes from now on is not trusted.
  bool confine() {
    const auto start_threads = [this] { return source_->start_threads(); };
    if (!system_.confine) {
      const auto started = start_threads();
      return started || fail_with(started.error());
    }
    const std::string output = options_.output.value_or("-");
    if (user_ && output != "-") {
      const auto given = os::give_file(output_->path().value_or(output), *user_);
      if (!given) return fail_with(given.error());
    }
    os::Confinement confinement{.user = user_,
                                .folder = std::nullopt,
                                .runs_commands = options_.rotated_command.has_value(),
                                .start_threads = start_threads};
    if (options_.rotation.any())
      confinement.folder = capfile::fixed_folder(output, options_.rotation);
    const auto done = system_.confine(confinement);
    return done || fail_with(done.error());
  }

  void talk(const std::string& text) const {
    if (sinks_.talk) sinks_.talk(text);
  }

  bool fail_with(Error error) {
    return fail_with(Failure{.error = std::move(error), .remarks = {}});
  }
  bool fail_with(Failure failure) {
    failure_ = std::move(failure);
    return false;
  }

  const CaptureOptions& options_;
  const LiveOptions& live_;
  const LiveSinks& sinks_;
  const LiveSystem& system_;
  std::optional<os::User> user_;
  std::optional<PacketFilter> filter_;
  std::vector<LiveRing> rings_;
  std::unique_ptr<capture::LiveSource> source_;
  std::unique_ptr<PacketOutput> output_;
  bool filters_here_ = false;
  Failure failure_;
};

}  // namespace

Outcome<LiveSession> open_live_session(const CaptureOptions& options, const LiveOptions& live,
                                       const LiveSinks& sinks, const LiveSystem& system) {
  return SessionOpening(options, live, sinks, system).run();
}

}  // namespace weir::app
