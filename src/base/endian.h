// Integers in a given byte order, read from and written to bytes. Callers have checked the range;
// base/reader.h is the checked way to untrusted bytes.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>

namespace weir {

// One instruction, which not every compiler makes of a loop.
template <std::unsigned_integral T>
constexpr T swap_bytes(T value) {
  return std::byteswap(value);
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
