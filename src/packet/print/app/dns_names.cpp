// Domain names (RFC 1035 section 4.1.4). Pointers lead backwards only.
#include <algorithm>

#include "packet/print/app/dns_internal.h"

namespace weir::packet::dns {
namespace {

constexpr std::uint8_t kKindMask = 0xc0;
constexpr std::uint8_t kPointer = 0xc0;
constexpr std::uint8_t kExtended = 0x40;
constexpr std::uint8_t kReserved = 0x80;
constexpr std::uint8_t kBitLabel = 0x41;  // RFC 2673
constexpr std::size_t kMaxName = 255;
constexpr int kMaxSteps = 1000;  // labels and pointers; no sound name has as many

std::uint8_t kind_of(std::uint8_t head) { return head & kKindMask; }

std::size_t bits_of(std::uint8_t count) { return count == 0 ? 256 : count; }

class NamePrinter {
 public:
  NamePrinter(Line& line, const View& message) : line_(line), message_(message) {}

  std::size_t print(std::size_t at) {
    limit_ = at;
    if (!read_head(at)) return kNoPlace;
    if (kind_of(head_) == kPointer) end_ = kNoPlace;
    if (head_ == 0) line_.put('.');
    while (head_ != 0 && message_.has(at + 1, 1)) {
      if (++steps_ > kMaxSteps) return give_up();
      at = kind_of(head_) == kPointer ? follow(at + 1) : print_label(at + 1);
      if (at == kNoPlace || !read_head(at)) return kNoPlace;
    }
    if (characters_ > kMaxName) line_.put("<DOMAIN NAME TOO LONG>");
    return end_;
  }

 private:
  std::size_t give_up() {
    line_.put("<DOMAIN NAME TOO LONG>");
    return kNoPlace;
  }

  bool read_head(std::size_t at) {
    if (!message_.has(at, 1)) return false;
    head_ = message_.u8(at);
    size_ = head_;
    if (kind_of(head_) == kReserved) {
      line_.put("<BAD LABEL TYPE>");
      return false;
    }
    if (kind_of(head_) == kExtended && !read_bit_label(at)) return false;
    if (!followed_) end_ = at + 1 + size_;
    return true;
  }

  bool read_bit_label(std::size_t at) {
    if (head_ != kBitLabel) {
      line_.print("<ELT {}>", head_ & ~kKindMask);
      return false;
    }
    if (!message_.has(at + 1, 1)) return false;
    size_ = (bits_of(message_.u8(at + 1)) + 7) / 8 + 1;
    return true;
  }

  std::size_t follow(std::size_t at) {
    if (!followed_) end_ = at + 1;
    followed_ = true;
    const std::size_t target = (head_ & 0x3fu) << 8 | message_.u8(at);
    if (target >= limit_) {
      line_.put("<BAD PTR>");
      return kNoPlace;
    }
    limit_ = target;
    return target;
  }

  std::size_t print_label(std::size_t at) {
    if (kind_of(head_) == kExtended) {
      print_bit_label(at);
    } else {
      const std::size_t room = kMaxName - std::min(characters_, kMaxName);
      if (!put_characters(line_, message_, at, std::min(size_, room))) return kNoPlace;
      characters_ += size_;
    }
    if (characters_ <= kMaxName) line_.put('.');
    ++characters_;
    return at + size_;
  }

  // All its bits in hex; those behind the last are zero.
  void print_bit_label(std::size_t at) {
    const std::size_t count = bits_of(message_.u8(at));
    line_.put("\\[x");
    std::size_t left = count;
    for (; left > 7; left -= 8) line_.print("{:02x}", message_.u8(++at));
    if (left > 4) {
      line_.print("{:02x}", message_.u8(at + 1) & 0xffu << (8 - left));
    } else if (left > 0) {
      line_.print("{:x}", message_.u8(at + 1) >> 4 & 0x0fu << (4 - left) & 0x0fu);
    }
    line_.print("/{}]", count);
  }

  Line& line_;
  const View& message_;
  std::uint8_t head_ = 0;
  std::size_t size_ = 0;   // of the label behind the head
  std::size_t limit_ = 0;  // pointers lead before it
  std::size_t end_ = kNoPlace;
  bool followed_ = false;
  int steps_ = 0;
  std::size_t characters_ = 0;
};

bool is_plain(std::byte byte) { return byte >= std::byte{0x20} && byte < std::byte{0x7f}; }

}  // namespace

bool put_characters(Line& line, const View& message, std::size_t at, std::size_t size) {
  const auto all = message.captured_bytes();
  const auto rest = all.subspan(std::min(at, all.size()));
  const auto shown = rest.first(std::min(size, rest.size()));
  if (std::ranges::all_of(shown, is_plain)) [[likely]] {
    line.put(std::string_view(reinterpret_cast<const char*>(shown.data()), shown.size()));
  } else {
    line.escaped(shown);
  }
  return shown.size() == size;
}

std::size_t skip_name(const View& message, std::size_t at) {
  while (message.has(at, 1)) {
    const std::uint8_t head = message.u8(at++);
    if (head == 0) return at;
    if (kind_of(head) == kPointer) return at + 1;
    if (kind_of(head) == kReserved) return kNoPlace;
    if (kind_of(head) == kExtended) {
      if (head != kBitLabel || !message.has(at, 1)) return kNoPlace;
      at += 1 + (bits_of(message.u8(at)) + 7) / 8;
    } else {
      at += head;
    }
  }
  return kNoPlace;
}

std::size_t print_name(Line& line, const View& message, std::size_t at) {
  return NamePrinter(line, message).print(at);
}

std::size_t print_name_field(Line& line, const View& message, std::size_t at, const Field& field) {
  const std::size_t before = line.text().size();
  const std::size_t end = print_name(line, message, at);
  if (line.wants_fields() && end != kNoPlace)
    line.field(field, message, at, end - at, line.text().view().substr(before));
  return end;
}

}  // namespace weir::packet::dns
