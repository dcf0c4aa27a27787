#include "app/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/link_type_warnings.h"
#include "app/packet_filter.h"
#include "app/packet_output.h"
#include "capfile/reader.h"
#include "capfile/writer.h"

namespace weir::app {
namespace {

using Clock = ProgressClock::Clock;

bool depends_on_link_type(const Failure& failure) {
  return has_only(failure, {diag::Kind::kNeverMatches, diag::Kind::kLinkType});
}

// One run over all inputs. Each step returns false when the run is over; result_ then says why.
class CaptureRun {
 public:
  CaptureRun(const CaptureOptions& options, const CaptureSinks& sinks)
      : options_(options), sinks_(sinks), filter_(options.expression), clock_(Clock::now()) {}

  CaptureResult run() {
    (void)std::ranges::all_of(options_.inputs,
                              [this](const std::string& path) { return read_file(path); });
    if (output_ != nullptr) close_output(*output_, result_);
    if (result_.failure) is_stopped();  // perhaps that is why
    return std::move(result_);
  }

 private:
  bool read_file(const std::string& path) {
    auto reader = open(path);
    if (!reader) return !is_stopped() && fail_with(about_file(path, reader.error()));
    if (!begin_source(path, reader->info())) return false;
    for (;;) {
      if (reader->would_wait() && !flush()) return false;
      const Result<capfile::Batch> batch = reader->next_batch();
      // A record that a signal cut in two is no damage.
      if (!batch) return !is_stopped() && fail_with(about_file(path, batch.error()));
      if (batch->end()) return !is_stopped();
      if (!take(*batch) || is_stopped()) return false;
      report_progress(*reader);
    }
  }

  bool flush() {
    const Result<> flushed = output_->flush();
    return flushed ? output_->wanted() : fail_with(flushed.error());
  }

  Result<capfile::CaptureReader> open(const std::string& path) const {
    auto source = capfile::open_source(path, sinks_.stopped);
    if (!source) return std::unexpected(std::move(source.error()));
    return capfile::CaptureReader::open(std::move(*source));
  }

  bool is_stopped() {
    result_.stopped = sinks_.stopped && sinks_.stopped();
    return result_.stopped;
  }

  // The expression is compiled before an output file is created: a mistake in it must not empty a
  // file.
  bool begin_source(const std::string& path, const capfile::CaptureInfo& source) {
    path_ = &path;
    source_ = &source;
    filter_.begin_source(source.byte_order);
    if (!prepare_first(source)) return false;
    if (output_ == nullptr) {
      auto output = make_packet_output(options_, sinks_, filter_.expression().files());
      if (!output) return !is_stopped() && fail_with(output.error());
      output_ = std::move(*output);
    }
    const Result<> begun = output_->begin(source);
    return begun || fail_with(begun.error());
  }

  bool prepare_first(const capfile::CaptureInfo& source) {
    if (options_.link_type) return prepared(*options_.link_type);
    if (!source.interfaces.empty()) return prepared(source.interfaces.front().link_type);
    // No packets, then: only what is wrong for every link type is wrong here.
    Outcome<Remarks> remarks = filter_.check(LinkType::kEn10mb);
    if (remarks || depends_on_link_type(remarks.error())) return true;
    result_.failure = std::move(remarks.error());
    return false;
  }

  bool take(const capfile::Batch& batch) {
    const bool go_on = select(batch);  // what was selected before a failure is used
    if (const Result<> taken = output_->take(batch, accepted_, result_.read + 1); !taken) {
      return fail_with(taken.error());
    }
    result_.read += packets_used_;
    result_.matched += accepted_.size();
    return go_on && output_->wanted() && result_.matched < limit();
  }

  // Fills accepted_ with the indices of the packets that match, up to the limit.
  bool select(const capfile::Batch& batch) {
    accepted_.clear();
    packets_used_ = 0;
    const std::uint64_t room = limit() - result_.matched;
    for (const Packet& packet : batch.packets) {
      if (accepted_.size() == room) return true;
      const LinkType link_type = options_.link_type.value_or(packet.link_type);
      if (!prepared(link_type)) return false;
      if (filter_.matches(packet, link_type)) accepted_.push_back(packets_used_);
      ++packets_used_;
    }
    return true;
  }

  bool prepared(LinkType link_type) { return filter_.prepared(link_type) || prepare(link_type); }

  bool prepare(LinkType link_type) {
    const bool is_first = filter_.unused();
    Outcome<Remarks> remarks = filter_.prepare(link_type);
    if (!remarks) return cannot_prepare(link_type, is_first, std::move(remarks.error()));
    if (sinks_.warn && !remarks->empty()) sinks_.warn(*remarks);
    return true;
  }

  // What matches no packet of one link type may be meant for those of another.
  bool cannot_prepare(LinkType link_type, bool is_first, Failure failure) {
    const bool is_mixed = !is_first || matches_elsewhere(link_type);
    if (is_mixed && never_matches(failure)) {
      filter_.reject(link_type);
      if (sinks_.warn) sinks_.warn(as_warnings(std::move(failure.remarks), link_type));
      return true;
    }
    if (is_mixed) failure.error = unusable(link_type);
    result_.failure = std::move(failure);
    return false;
  }

  Error unusable(LinkType link_type) const {
    return fail(fmt::format("{}: the expression cannot be used on packets of link type {}",
                            name_of_file(*path_), link_type_text(link_type)),
                "give captures of that link type a run of their own")
        .error();
  }

  // Whether the expression is sound for another link type of this source or of a later file. Pipes
  // are not looked at: what is read of them is gone.
  bool matches_elsewhere(LinkType link_type) const {
    if (options_.link_type) return false;
    const auto is_sound_for = [&](const capfile::Interface& interface) {
      return interface.link_type != link_type && filter_.check(interface.link_type).has_value();
    };
    if (std::ranges::any_of(source_->interfaces, is_sound_for)) return true;
    const auto is_sound_in = [&](const std::string& path) {
      if (&path <= path_ || !capfile::is_regular_file(path)) return false;
      const auto reader = open(path);
      return reader && std::ranges::any_of(reader->info().interfaces, is_sound_for);
    };
    return std::ranges::any_of(options_.inputs, is_sound_in);
  }

  bool fail_with(Error error) {
    result_.failure = Failure{.error = std::move(error), .remarks = {}};
    return false;
  }

  void report_progress(const capfile::CaptureReader& reader) {
    if (!sinks_.progress) return;
    const Clock::time_point now = Clock::now();
    if (!clock_.due(now)) return;
    sinks_.progress({.bytes = reader.bytes_read(),
                     .bytes_total = reader.bytes_total(),
                     .packets = result_.read,
                     .matched = result_.matched,
                     .elapsed = clock_.elapsed(now)});
  }

  std::uint64_t limit() const { return options_.limit.value_or(~std::uint64_t{0}); }

  const CaptureOptions& options_;
  const CaptureSinks& sinks_;
  std::unique_ptr<PacketOutput> output_;  // null until an expression has been found sound
  PacketFilter filter_;
  const std::string* path_ = nullptr;             // of options_.inputs, where packets come from
  const capfile::CaptureInfo* source_ = nullptr;  // while it is open
  ProgressClock clock_;
  CaptureResult result_;
  std::vector<std::uint32_t> accepted_;
  std::uint32_t packets_used_ = 0;
};

}  // namespace

CaptureResult capture(const CaptureOptions& options, const CaptureSinks& sinks) {
  return CaptureRun(options, sinks).run();
}

std::string render_totals(const CaptureResult& result) {
  return fmt::format("{} packet{} read, {} matched", result.read, result.read == 1 ? "" : "s",
                     result.matched);
}

}  // namespace weir::app
