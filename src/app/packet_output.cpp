#include "app/packet_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/print_packets.h"
#include "capfile/rotating_writer.h"
#include "capfile/writer.h"
#include "os/detached.h"

namespace weir::app {
namespace {

class CountOutput final : public PacketOutput {
 public:
  explicit CountOutput(TextSink& out) : out_(out) {}

  Result<> begin(const capfile::CaptureInfo&) override { return {}; }
  Result<> take(const capfile::Batch&, std::span<const std::uint32_t>, std::uint64_t) override {
    return {};
  }
  Result<> close(std::uint64_t matched) override {
    out_.write(fmt::format("{} packet{}\n", matched, matched == 1 ? "" : "s"));
    return {};
  }

 private:
  TextSink& out_;
};

class FileOutput final : public PacketOutput {
 public:
  explicit FileOutput(capfile::CaptureWriter writer) : writer_(std::move(writer)) {}

  Result<> begin(const capfile::CaptureInfo& source) override { return writer_.begin(source); }
  Result<> take(const capfile::Batch& batch, std::span<const std::uint32_t> accepted,
                std::uint64_t) override {
    return writer_.write(batch, accepted);
  }
  bool wanted() const override { return writer_.wanted(); }
  Result<> flush() override { return writer_.flush(); }
  Result<> close(std::uint64_t) override { return writer_.close(); }

 private:
  capfile::CaptureWriter writer_;
};

// One file after the other.
class RotatedOutput final : public PacketOutput {
 public:
  RotatedOutput(capfile::RotatingWriter writer, std::optional<std::string> command)
      : writer_(std::move(writer)), command_(std::move(command)) {}

  Result<> begin(const capfile::CaptureInfo& source) override { return writer_.begin(source); }
  Result<> take(const capfile::Batch& batch, std::span<const std::uint32_t> accepted,
                std::uint64_t) override {
    auto written = writer_.write(batch, accepted);
    for (const std::string& path : writer_.take_finished()) {
      if (!command_) continue;
      if (auto run = os::run_detached(*command_, path); !run) return run;
    }
    return written;
  }
  bool wanted() const override { return !writer_.is_complete(); }
  Result<> flush() override { return writer_.flush(); }
  Result<> close(std::uint64_t) override { return writer_.close(); }
  std::optional<std::string> path() const override { return writer_.current_path(); }

 private:
  capfile::RotatingWriter writer_;
  std::optional<std::string> command_;
};

capfile::WriterOptions writer_options(const CaptureOptions& options) {
  capfile::WriterOptions out = capfile::options_for_path(*options.output);
  if (options.format) {
    out.format =
        *options.format == CaptureFormat::kPcap ? capfile::Format::kPcap : capfile::Format::kPcapng;
  }
  out.snaplen = options.snaplen.value_or(0);
  out.several_sources = options.inputs.size() > 1;
  return out;
}

Result<std::unique_ptr<PacketOutput>> make_rotated_output(const CaptureOptions& options,
                                                          const CaptureSinks& sinks) {
  auto writer = capfile::RotatingWriter::create({.pattern = *options.output,
                                                 .rotation = options.rotation,
                                                 .writer = writer_options(options),
                                                 .stopped = sinks.stopped});
  if (!writer) return std::unexpected(std::move(writer.error()));
  return std::make_unique<RotatedOutput>(std::move(*writer), options.rotated_command);
}

}  // namespace

Result<std::unique_ptr<PacketOutput>> make_packet_output(const CaptureOptions& options,
                                                         const CaptureSinks& sinks,
                                                         std::span<const std::string> also_read) {
  if (options.count_only) return std::make_unique<CountOutput>(sinks.out);
  if (!options.output) return make_printing_output(options, sinks);
  const auto is_output = [&](const std::string& input) {
    return capfile::same_file(input, *options.output);
  };
  if (std::ranges::any_of(options.inputs, is_output) || std::ranges::any_of(also_read, is_output)) {
    return fail(options.output == "-"
                    ? "standard output is a file that is also read"
                    : fmt::format("`{}` is both read and written", *options.output),
                "write to another file");
  }
  if (options.rotation.any()) return make_rotated_output(options, sinks);
  auto writer =
      capfile::CaptureWriter::create(*options.output, writer_options(options), sinks.stopped);
  if (!writer) return std::unexpected(std::move(writer.error()));
  return std::make_unique<FileOutput>(std::move(*writer));
}

void close_output(PacketOutput& output, CaptureResult& result) {
  const Result<> closed = output.close(result.matched);
  result.output_wanted = output.wanted();
  if (closed) return;
  if (!result.failure) {
    result.failure = Failure{.error = closed.error(), .remarks = {}};
  } else if (result.failure->error.message != closed.error().message) {
    result.output_error = closed.error();
  }
}

}  // namespace weir::app
