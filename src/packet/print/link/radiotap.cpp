// Radiotap: what a wireless card tells about a frame, before the frame (radiotap.org). Its numbers
// are in little endian, each at a multiple of its size from the header's begin.
#include "packet/print/link/radiotap.h"

#include <optional>

#include "packet/print/link/ieee80211.h"
#include "packet/print/printers.h"

namespace weir::packet::radiotap {
namespace {

constexpr Field kFields[] = {
    {.name = "radiotap.version", .offset = 0, .size = 1},
};
constexpr Protocol kRadiotap{.name = "802.11_radio", .fields = kFields};
constexpr Field kLength{.name = "radiotap.length"};

constexpr std::size_t kFixed = 8;  // with the first word of presence bits
constexpr std::size_t kWord = 4;

constexpr std::uint32_t kFirstCommonBit = 29;  // the same in each word
constexpr std::uint32_t kDefaultNamespace = 1u << 29, kVendorNamespace = 1u << 30;
constexpr std::uint32_t kMoreWords = 1u << 31;

constexpr std::uint8_t kHasCheck = 0x10, kIsPadded = 0x20;  // of the flags

// One header: words of presence bits, and then the fields that they tell of.
class Header {
 public:
  // REQUIRES: `header` is all there.
  Header(Line& line, const View& header) : line_(line), header_(header), at_(kFixed) {}

  // False when the words have no end.
  bool print() {
    std::size_t words = 1;
    while (word_at(words - 1) + kWord <= header_.length() && (word(words - 1) & kMoreWords) != 0)
      ++words;
    if (word_at(words) > header_.length()) return false;
    at_ = word_at(words);
    for (std::size_t i = 0; i < words; ++i) {
      state_.present = word(i);
      if (!print_word()) break;
      change_namespace();
    }
    return true;
  }

  ieee80211::FrameCheck frame_check() const {
    return {.is_padded = (state_.flags & kIsPadded) != 0,
            .check_length = (state_.flags & kHasCheck) != 0 ? 4u : 0u};
  }

 private:
  static std::size_t word_at(std::size_t index) { return kFixed - kWord + index * kWord; }
  std::uint32_t word(std::size_t index) const { return header_.le32(word_at(index)); }

  // False when what follows cannot be found.
  bool print_word() {
    if (is_vendors_) {
      if (at_ + skipped_ > header_.length()) return false;
      at_ += skipped_;
      skipped_ = 0;
      return true;
    }
    for (std::uint32_t bit = 0; bit < kFirstCommonBit; ++bit)
      if ((state_.present >> bit & 1) != 0 && !print_field(first_bit_ + bit)) return false;
    return true;
  }

  bool print_field(std::uint32_t bit) {
    const RadioField* field = find_field(bit);
    if (field == nullptr) {
      line_.print("[bit {}] ", bit);
      return false;
    }
    const auto data = take(field->alignment, field->size);
    if (data) field->print(line_, *data, state_);
    return data.has_value();
  }

  // Nothing, which it then says, when the header does not hold them.
  std::optional<View> take(std::size_t alignment, std::size_t size) {
    const std::size_t at = (at_ + alignment - 1) / alignment * alignment;
    if (at + size > header_.length()) {
      line_.put_cut();
      return {};
    }
    at_ = at + size;
    return header_.from(at).first(size);
  }

  void change_namespace() {
    const std::uint32_t change = state_.present & (kDefaultNamespace | kVendorNamespace);
    if (change == 0) {
      first_bit_ += 32;
    } else if (change == kDefaultNamespace) {
      first_bit_ = 0;
      is_vendors_ = false;
      skipped_ = 0;
    } else if (change == kVendorNamespace) {
      first_bit_ = 0;
      is_vendors_ = true;
      if (const auto vendor = take(2, 6)) skipped_ = vendor->le16(4);
    }
  }

  Line& line_;
  View header_;
  std::size_t at_;
  State state_;
  std::uint32_t first_bit_ = 0;
  bool is_vendors_ = false;
  std::size_t skipped_ = 0;  // bytes of the vendor's
};

}  // namespace
}  // namespace weir::packet::radiotap

namespace weir::packet::ieee80211 {

std::size_t print_radiotap(Line& line, const View& view) {
  line.begin_layer(radiotap::kRadiotap, view);
  const std::size_t size = view.has(0, radiotap::kFixed) ? view.le16(2) : 0;
  if (size < radiotap::kFixed || view.captured() < size) {
    line.put_cut();
    return view.captured();
  }
  line.field(radiotap::kLength, view, 2, 2, std::uint64_t{size});
  radiotap::Header header(line, view.first(size));
  if (!header.print()) {
    line.put_cut();
    return view.captured();
  }
  return size + print_frame(line, view.from(size), header.frame_check());
}

}  // namespace weir::packet::ieee80211
