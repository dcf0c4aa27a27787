// Integers in a given byte order, read from and written to bytes. Callers have checked the range;
// base/reader.h is the checked way to untrusted bytes.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>

namespace weir {

template <std::unsigned_integral T>
constexpr T swap_bytes(T value) {
  if constexpr (sizeof(T) == 1) {
    return value;
  } else {
    T out = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      out = static_cast<T>(static_cast<T>(out << 8) | static_cast<T>(value & 0xff));
      value = static_cast<T>(value >> 8);
    }
    return out;
  }
}

template <std::unsigned_integral T>
T load(const std::byte* from, std::endian order) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return order == std::endian::native ? value : swap_bytes(value);
}

template <std::unsigned_integral T>
T load_be(const std::byte* from) {
  return load<T>(from, std::endian::big);
}

template <std::unsigned_integral T>
void store(std::byte* to, T value, std::endian order) {
  if (order != std::endian::native) value = swap_bytes(value);
  std::memcpy(to, &value, sizeof value);
}

}  // namespace weir
