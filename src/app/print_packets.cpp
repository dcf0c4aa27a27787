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
      append(packet, first_number + index);
      if (flush_each_ || text().size() >= kHandOver) hand_over();
      if (flush_each_) flush_out();
    }
    hand_over();
    flush_out();
    return {};
  }

  bool wanted() const override { return wanted_; }
  Result<> close(std::uint64_t) override { return {}; }

 protected:
  // Adds a packet to the text. `number` is that of the packet in its capture, from 1 on.
  virtual void append(const Packet& packet, std::uint64_t number) = 0;
  // What was added since the last clear().
  virtual std::string_view text() = 0;
  virtual void clear() = 0;

 private:
  // Pieces of this size cost next to nothing a line.
  static constexpr std::size_t kHandOver = std::size_t{64} * 1024;

  void hand_over() {
    if (wanted_ && !text().empty()) wanted_ = out_.write(text());
    clear();
  }

  void flush_out() { wanted_ = wanted_ && out_.flush(); }

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
  void append(const Packet& packet, std::uint64_t) override { printer_.print(packet, ++printed_); }
  std::string_view text() override { return printer_.text(); }
  void clear() override { printer_.clear(); }

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
  void append(const Packet& packet, std::uint64_t) override {
    printer_.clear();
    color_.begin();
    printer_.print(packet, ++printed_);
    text_ += color_.paint(printer_.text());
  }
  std::string_view text() override { return text_; }
  void clear() override { text_.clear(); }

  std::unique_ptr<AddressNames> names_;
  FlowColor color_;
  packet::PacketPrinter printer_;
  std::uint64_t printed_ = 0;
  std::string text_;
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
  void append(const Packet& packet, std::uint64_t number) override {
    printer_.clear();
    renderer_.begin(packet, number);
    printer_.print(packet, number);
    text_ += renderer_.end();
  }
  std::string_view text() override { return text_; }
  void clear() override { text_.clear(); }

  const CaptureSinks& sinks_;
  Renderer renderer_;
  packet::PacketPrinter printer_;
  std::string text_;
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
