#include "app/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/packet_filter.h"
#include "app/packet_output.h"
#include "capfile/reader.h"

namespace weir::app {
namespace {

using Clock = ProgressClock::Clock;

// An error with an offset is about the bytes of a file; says of which.
Error in_file(const std::string& path, Error error) {
  if (error.offset)
    error.message = fmt::format("{}: {}", path == "-" ? "standard input" : path, error.message);
  return error;
}

// One run over all inputs. Each step returns false when the run is over; result_ then says why.
class CaptureRun {
 public:
  CaptureRun(const CaptureOptions& options, const CaptureSinks& sinks)
      : options_(options), sinks_(sinks), filter_(options.expression), clock_(Clock::now()) {}

  CaptureResult run() {
    (void)std::ranges::all_of(options_.inputs,
                              [this](const std::string& path) { return read_file(path); });
    close_output();
    return std::move(result_);
  }

 private:
  bool read_file(const std::string& path) {
    auto reader = open(path);
    if (!reader) return !is_stopped() && fail_with(in_file(path, reader.error()));
    if (!begin_output(reader->info())) return false;
    for (;;) {
      const Result<capfile::Batch> batch = reader->next_batch();
      // A record that a signal cut in two is no damage.
      if (!batch) return !is_stopped() && fail_with(in_file(path, batch.error()));
      if (batch->end()) return !is_stopped();
      if (!take(*batch) || is_stopped()) return false;
      report_progress(*reader);
    }
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
  bool begin_output(const capfile::CaptureInfo& source) {
    filter_.begin_source(source.byte_order);
    if (!filter_.prepared(first_link_type(source)) && !prepare(first_link_type(source)))
      return false;
    if (output_ == nullptr) {
      auto output = make_packet_output(options_, sinks_.out);
      if (!output) return fail_with(output.error());
      output_ = std::move(*output);
    }
    const Result<> begun = output_->begin(source);
    return begun || fail_with(begun.error());
  }

  void close_output() {
    if (output_ == nullptr) return;
    const Result<> closed = output_->close(result_.matched);
    if (closed) return;
    if (!result_.failure) {
      fail_with(closed.error());
    } else if (result_.failure->error.message != closed.error().message) {
      result_.output_error = closed.error();
    }
  }

  LinkType first_link_type(const capfile::CaptureInfo& source) const {
    if (options_.link_type) return *options_.link_type;
    return source.interfaces.empty() ? LinkType::kEn10mb : source.interfaces.front().link_type;
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
    for (Packet packet : batch.packets) {
      if (accepted_.size() == room) return true;
      if (options_.link_type) packet.link_type = *options_.link_type;
      if (!filter_.prepared(packet.link_type) && !prepare(packet.link_type)) return false;
      if (filter_.matches(packet)) accepted_.push_back(packets_used_);
      ++packets_used_;
    }
    return true;
  }

  bool prepare(LinkType link_type) {
    Outcome<Remarks> remarks = filter_.prepare(link_type);
    if (!remarks) {
      result_.failure = std::move(remarks.error());
      return false;
    }
    if (sinks_.warn && !remarks->empty()) sinks_.warn(*remarks);
    return true;
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
