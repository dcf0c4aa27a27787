// Text: the characters of a packet, appended piece by piece. What most packets need has a function
// of its own; the rest goes through fmt.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace weir::packet {

class Text {
 public:
  std::string_view view() const { return {buffer_.data(), buffer_.size()}; }
  std::size_t size() const { return buffer_.size(); }
  void clear() { buffer_.clear(); }
  // REQUIRES: size <= size().
  void shrink(std::size_t size) { buffer_.resize(size); }

  // A text without characters may point nowhere, from where memcpy() must not copy.
  void put(std::string_view text) {
    if (!text.empty()) std::memcpy(grow(text.size()), text.data(), text.size());
  }
  void put(char c) { *grow(1) = c; }
  // Of a literal the size is known, and the copy is an instruction or two.
  template <std::size_t kSize>
  void put(const char (&literal)[kSize]) {
    std::memcpy(grow(kSize - 1), literal, kSize - 1);
  }
  void number(std::uint64_t value);
  // Exactly `width` digits, zeros in front.
  void digits(std::uint64_t value, int width);
  // Two lower-case digits a byte.
  void hex(std::span<const std::byte> bytes);

  void ip4(std::uint32_t address);  // host order
  // REQUIRES: 16 bytes. As inet_ntop(3) writes it.
  void ip6(std::span<const std::byte> address);
  // Any number of bytes, with colons between.
  void mac(std::span<const std::byte> address);

  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(fmt::appender(buffer_), format, std::forward<Args>(args)...);
  }

 private:
  char* grow(std::size_t count) {
    const std::size_t size = buffer_.size();
    buffer_.resize(size + count);
    return buffer_.data() + size;
  }
  // Room for `count` characters, of which use() says how many are text.
  char* room(std::size_t count) {
    buffer_.try_reserve(buffer_.size() + count);
    return buffer_.data() + buffer_.size();
  }
  void use(std::size_t count) { buffer_.resize(buffer_.size() + count); }

  fmt::basic_memory_buffer<char, 4096> buffer_;
};

}  // namespace weir::packet
