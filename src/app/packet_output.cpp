#include "app/packet_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "capfile/writer.h"
#include "packet/print/packet_printer.h"

namespace weir::app {
namespace {

class PrintedOutput final : public PacketOutput {
 public:
  PrintedOutput(const CaptureOptions& options, TextSink& out)
      : out_(out),
        link_type_(options.link_type),
        flush_each_(options.flush_each_line),
        printer_(options.print) {}

  Result<> begin(const capfile::CaptureInfo&) override { return {}; }

  Result<> take(const capfile::Batch& batch, std::span<const std::uint32_t> accepted,
                std::uint64_t) override {
    for (const std::uint32_t index : accepted) {
      if (!wanted_) return {};
      Packet packet = batch.packets[index];
      if (link_type_) packet.link_type = *link_type_;
      printer_.clear();
      printer_.print(packet, ++printed_);
      wanted_ = out_.write(printer_.text()) && (!flush_each_ || out_.flush());
    }
    wanted_ = wanted_ && out_.flush();
    return {};
  }

  bool wanted() const override { return wanted_; }
  Result<> close(std::uint64_t) override { return {}; }

 private:
  TextSink& out_;
  std::optional<LinkType> link_type_;
  bool flush_each_;
  packet::PacketPrinter printer_;
  std::uint64_t printed_ = 0;
  bool wanted_ = true;
};

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

}  // namespace

Result<std::unique_ptr<PacketOutput>> make_packet_output(const CaptureOptions& options,
                                                         const CaptureSinks& sinks,
                                                         std::span<const std::string> also_read) {
  if (options.count_only) return std::make_unique<CountOutput>(sinks.out);
  if (!options.output) return std::make_unique<PrintedOutput>(options, sinks.out);
  const auto is_output = [&](const std::string& input) {
    return capfile::same_file(input, *options.output);
  };
  if (std::ranges::any_of(options.inputs, is_output) || std::ranges::any_of(also_read, is_output)) {
    return fail(options.output == "-"
                    ? "standard output is a file that is also read"
                    : fmt::format("`{}` is both read and written", *options.output),
                "write to another file");
  }
  auto writer =
      capfile::CaptureWriter::create(*options.output, writer_options(options), sinks.stopped);
  if (!writer) return std::unexpected(std::move(writer.error()));
  return std::make_unique<FileOutput>(std::move(*writer));
}

}  // namespace weir::app
