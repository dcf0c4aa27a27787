// Text: the characters of a packet, appended piece by piece. What most packets need has a function
// of its own; the rest goes through fmt.
//
// The buffer keeps room for kHeadroom characters beyond what is there, and each append makes that
// true again, so that a short piece is written first and checked for afterwards: once for all the
// pieces of a put() with several.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "packet/print/digits.h"

namespace weir::packet {

// A text that is copied whole, which is quicker than to copy just as much of it as counts.
template <std::size_t kCapacity>
struct ShortText {
  char characters[kCapacity];
  std::uint8_t size;
};

// A number below 10^kWidth, with zeros in front.
template <int kWidth>
struct Digits {
  static_assert(0 < kWidth && kWidth <= 6);
  std::uint32_t value;
};

struct Ip4Address {
  std::uint32_t value;  // host order
};

// What Text::put takes: literals, characters, numbers, which stand there in decimal, and these.
template <typename Piece>
inline constexpr bool kIsLiteral = false;
template <std::size_t kSize>
inline constexpr bool kIsLiteral<char[kSize]> = true;

template <typename Piece>
inline constexpr bool kIsStruct = std::same_as<Piece, Ip4Address>;
template <std::size_t kCapacity>
inline constexpr bool kIsStruct<ShortText<kCapacity>> = true;
template <int kWidth>
inline constexpr bool kIsStruct<Digits<kWidth>> = true;

template <typename Piece>
concept TextNumber =
    std::unsigned_integral<Piece> && !std::same_as<Piece, bool> && !std::same_as<Piece, char>;
template <typename Piece>
concept TextPiece =
    kIsLiteral<Piece> || kIsStruct<Piece> || std::same_as<Piece, char> || TextNumber<Piece>;

// Characters that are written for a piece, those that do not count included.
template <TextPiece Piece>
inline constexpr std::size_t kPieceRoom = sizeof(Piece);
template <TextNumber Number>
inline constexpr std::size_t kPieceRoom<Number> = sizeof(Number) <= 2   ? kMostShortDecimal
                                                  : sizeof(Number) <= 4 ? kMostWordDecimal
                                                                        : kMostDecimal;
template <int kWidth>
inline constexpr std::size_t kPieceRoom<Digits<kWidth>> = 8;
template <>
inline constexpr std::size_t kPieceRoom<Ip4Address> = kMostDotted;

class Text {
 public:
  Text() : begin_(std::make_unique_for_overwrite<char[]>(kFirstCapacity)) {
    end_ = begin_.get();
    limit_ = begin_.get() + kFirstCapacity - kHeadroom;
  }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  std::string_view view() const { return {begin_.get(), size()}; }
  std::size_t size() const { return static_cast<std::size_t>(end_ - begin_.get()); }
  void clear() { end_ = begin_.get(); }
  // REQUIRES: size <= size().
  void shrink(std::size_t size) { end_ = begin_.get() + size; }

  void put(std::string_view text) {
    if (text.size() > kHeadroom) [[unlikely]]
      reserve(text.size());
    // A text without characters may point nowhere, from where memcpy() must not copy.
    if (!text.empty()) std::memcpy(end_, text.data(), text.size());
    advance_to(end_ + text.size());
  }
  template <TextPiece... Pieces>
  void put(const Pieces&... pieces) {
    static_assert((kPieceRoom<Pieces> + ...) <= kHeadroom);
    char* at = end_;
    ((at = put_piece(at, pieces)), ...);
    advance_to(at);
  }

  void number(std::uint64_t value) { advance_to(put_decimal(end_, value)); }
  // Two lower-case digits a byte.
  void hex(std::span<const std::byte> bytes);

  void ip4(std::uint32_t address) { put(Ip4Address{address}); }  // host order
  // REQUIRES: 16 bytes. As inet_ntop(3) writes it.
  void ip6(std::span<const std::byte> address);
  // The same without a dotted ending: as RFC 5952, section 4, has every address.
  void ip6_groups(std::span<const std::byte> address);
  // Any number of bytes, with colons between.
  void mac(std::span<const std::byte> address);

  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args&&... args) {
    print_with(format, fmt::make_format_args(args...));
  }

 private:
  static constexpr std::size_t kHeadroom = 128;
  static constexpr std::size_t kFirstCapacity = 4096;

  enum class Ip6Ending : std::uint8_t { kGroups, kMayBeDotted };
  template <Ip6Ending kEnding>
  static char* put_ip6(char* begin, std::span<const std::byte> address);

  template <std::size_t kSize>
  static char* put_piece(char* at, const char (&literal)[kSize]) {
    std::memcpy(at, literal, kSize - 1);
    return at + (kSize - 1);
  }
  static char* put_piece(char* at, char c) {
    *at = c;
    return at + 1;
  }
  template <TextNumber Number>
  static char* put_piece(char* at, Number value) {
    if constexpr (sizeof(Number) <= 2) return put_six_at_most(at, value);
    if constexpr (sizeof(Number) <= 4) return put_word_decimal(at, value);
    return put_decimal(at, value);
  }
  static char* put_piece(char* at, Ip4Address address) { return put_dotted(at, address.value); }
  template <std::size_t kCapacity>
  static char* put_piece(char* at, const ShortText<kCapacity>& text) {
    std::memcpy(at, text.characters, kCapacity);
    return at + text.size;
  }
  template <int kWidth>
  static char* put_piece(char* at, Digits<kWidth> digits) {
    if constexpr (kWidth > 3) {
      at = put_piece(at, Digits<kWidth - 3>{digits.value / 1000});
      return put_three(at, digits.value % 1000);
    } else {
      put_characters(at, kThreeDigits[digits.value] >> 8 * (3 - kWidth));
      return at + kWidth;
    }
  }

  void advance_to(char* end) {
    end_ = end;
    if (end > limit_) [[unlikely]]
      reserve(0);
  }
  // Room for that many characters and the headroom.
  void reserve(std::size_t count);
  void print_with(fmt::string_view format, fmt::format_args arguments);

  std::unique_ptr<char[]> begin_;
  char* end_;    // of the text
  char* limit_;  // where only the headroom is left
};

}  // namespace weir::packet
