#include "app/print_packets.h"

#include <optional>
#include <string>

#include "app/flow_color.h"
#include "app/packet_columns.h"
#include "app/packet_json.h"
#include "os/address_names.h"
#include "packet/print/packet_printer.h"

namespace weir::app {
namespace {

// What all of them share: packets one after the other, until nobody takes the text.
class PrintingOutput : public PacketOutput {
 public:
  PrintingOutput(const CaptureOptions& options, TextSink& out)
      : out_(out), link_type_(options.link_type), flush_each_(options.flush_each_line) {}

  Result<> begin(const capfile::CaptureInfo&) override { return {}; }

  Result<> take(const capfile::Batch& batch, std::span<const std::uint32_t> accepted,
                std::uint64_t first_number) override {
    for (const std::uint32_t index : accepted) {
      if (!wanted_) return {};
      Packet packet = batch.packets[index];
      if (link_type_) packet.link_type = *link_type_;
      wanted_ = out_.write(text_of(packet, first_number + index)) && (!flush_each_ || out_.flush());
    }
    wanted_ = wanted_ && out_.flush();
    return {};
  }

  bool wanted() const override { return wanted_; }
  Result<> close(std::uint64_t) override { return {}; }

 protected:
  // `number` is that of the packet in its capture, from 1 on. Valid until the next call.
  virtual std::string_view text_of(const Packet& packet, std::uint64_t number) = 0;
  TextSink& out() { return out_; }

 private:
  TextSink& out_;
  std::optional<LinkType> link_type_;
  bool flush_each_;
  bool wanted_ = true;
};

class LinesOutput final : public PrintingOutput {
 public:
  LinesOutput(const CaptureOptions& options, const CaptureSinks& sinks)
      : PrintingOutput(options, sinks.out),
        names_(os::system_address_names()),
        printer_(options.print, names_.get()) {}

 private:
  std::string_view text_of(const Packet& packet, std::uint64_t) override {
    printer_.clear();
    printer_.print(packet, ++printed_);
    return printer_.text();
  }

  std::unique_ptr<AddressNames> names_;  // with -n asked for those of interfaces alone
  packet::PacketPrinter printer_;
  std::uint64_t printed_ = 0;
};

class ColoredOutput final : public PrintingOutput {
 public:
  ColoredOutput(const CaptureOptions& options, const CaptureSinks& sinks)
      : PrintingOutput(options, sinks.out),
        names_(os::system_address_names()),
        printer_(options.print, names_.get(), &color_) {}

 private:
  std::string_view text_of(const Packet& packet, std::uint64_t) override {
    printer_.clear();
    color_.begin();
    printer_.print(packet, ++printed_);
    return colored_ = color_.paint(printer_.text());
  }

  std::unique_ptr<AddressNames> names_;
  FlowColor color_;
  packet::PacketPrinter printer_;
  std::uint64_t printed_ = 0;
  std::string colored_;
};

// Fields are told at every depth of detail, so the walk over the packet is the most verbose one.
packet::PrintOptions field_options(packet::PrintOptions options) {
  constexpr int kEverything = 3;
  options.verbose = kEverything;
  options.quick = false;
  options.dump = packet::Dump::kNone;
  return options;
}

template <typename Renderer>
class FieldsOutput final : public PrintingOutput {
 public:
  FieldsOutput(const CaptureOptions& options, const CaptureSinks& sinks)
      : PrintingOutput(options, sinks.out),
        sinks_(sinks),
        renderer_(options),
        printer_(field_options(options.print), nullptr, &renderer_) {}

  Result<> close(std::uint64_t) override {
    if (const auto remark = renderer_.remark(); remark && sinks_.remark) sinks_.remark(*remark);
    return {};
  }

 private:
  std::string_view text_of(const Packet& packet, std::uint64_t number) override {
    printer_.clear();
    renderer_.begin(packet, number);
    printer_.print(packet, number);
    return renderer_.end();
  }

  const CaptureSinks& sinks_;
  Renderer renderer_;
  packet::PacketPrinter printer_;
};

}  // namespace

std::unique_ptr<PacketOutput> make_printing_output(const CaptureOptions& options,
                                                   const CaptureSinks& sinks) {
  if (options.json) return std::make_unique<FieldsOutput<PacketJson>>(options, sinks);
  if (!options.fields.empty()) return std::make_unique<FieldsOutput<PacketColumns>>(options, sinks);
  if (options.color) return std::make_unique<ColoredOutput>(options, sinks);
  return std::make_unique<LinesOutput>(options, sinks);
}

}  // namespace weir::app
