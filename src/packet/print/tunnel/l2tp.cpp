// L2TP (RFC 2661). Of what it tunnels, IP is shown.
#include "packet/print/printers.h"
#include "packet/print/tunnel/l2tp_internal.h"

namespace weir::packet::l2tp {
namespace {

constexpr Field kFields[] = {
    {.name = "l2tp.type", .offset = 0, .size = 2, .show = Show::kFlag, .mask = 0x8000},
    {.name = "l2tp.version", .offset = 0, .size = 2, .mask = 0x000f},
};
constexpr Protocol kL2tp{.name = "l2tp", .fields = kFields};
constexpr Field kTunnel{.name = "l2tp.tunnel"};
constexpr Field kSession{.name = "l2tp.session"};

constexpr unsigned kVersionL2f = 1, kVersionL2tp = 2;

struct Flag {
  std::uint16_t bit;
  char letter;
};
constexpr std::uint16_t kControl = 0x8000, kHasLength = 0x4000, kHasNumbers = 0x0800,
                        kHasOffset = 0x0200;
constexpr Flag kFlags[] = {
    {kControl, 'T'}, {kHasLength, 'L'}, {kHasNumbers, 'S'}, {kHasOffset, 'O'}, {0x0100, 'P'},
};

void print_flags(Line& line, std::uint16_t flags) {
  line.put(" l2tp:[");
  for (const Flag& flag : kFlags) {
    if ((flags & flag.bit) != 0) line.put(flag.letter);
  }
  line.put(']');
}

// Walks the header, whose parts the flags tell.
class Message {
 public:
  Message(Line& line, const View& view) : line_(line), view_(view), flags_(view.u16(0)) {}

  void print() {
    print_flags(line_, flags_);
    std::size_t claimed = 0;
    if (has(kHasLength)) claimed = take();
    print_ids();
    if (has(kHasNumbers)) {
      line_.print("Ns={},", take());
      line_.print("Nr={}", take());
    }
    if (has(kHasOffset)) {
      const std::size_t padding = take();
      if (!view_.has(at_, padding)) return line_.put_cut();
      at_ += padding;
    }
    print_rest(claimed);
  }

 private:
  bool has(std::uint16_t flag) const { return (flags_ & flag) != 0; }
  std::uint16_t take() {
    const std::uint16_t value = view_.u16(at_);
    at_ += 2;
    return value;
  }

  void print_ids() {
    line_.field(kTunnel, view_, at_, 2);
    line_.field(kSession, view_, at_ + 2, 2);
    line_.print("({}/", take());
    line_.print("{})", take());
  }

  void print_rest(std::size_t claimed) {
    const std::size_t length = has(kHasLength) ? claimed : view_.length();
    if (length > view_.length()) return line_.print(" Length {} larger than packet", length);
    if (length < at_) return line_.print(" Length {} smaller than header length", length);
    const View rest = view_.from(at_).claiming(length - at_);
    if (!has(kControl)) {
      line_.put(" {");
      ppp::print(line_, rest);
      return line_.put('}');
    }
    if (!has(kHasLength)) return line_.put(" No length");
    if (rest.length() == 0) return line_.put(" ZLB");
    print_attributes(line_, rest);
  }

  Line& line_;
  const View& view_;
  std::uint16_t flags_;
  std::size_t at_ = 2;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kL2tp, view);
  const unsigned version = view.u16(0) & 0x0f;
  if (version == kVersionL2f) return line.put(" l2f:");
  if (version != kVersionL2tp) return line.put(" Unknown Version, neither L2F(1) nor L2TP(2)");
  Message(line, view).print();
}

}  // namespace weir::packet::l2tp
