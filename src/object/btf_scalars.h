// Values without parts in words: numbers, bit-fields, enumerators, pointers. object/btf_values.h
// shows whole values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <weir/result.h>

#include "object/btf.h"
#include "object/btf_values.h"

namespace weir::object {

inline constexpr std::uint32_t kByteBits = 8;

// A part of a value: of a type, at a bit of the whole.
struct ValuePart {
  BtfId type;
  std::uint64_t bit = 0;
  std::uint32_t bits = 0;  // of bit-fields only
};

// The bytes of a part in those of the whole value; an error when they are not all there.
Result<std::span<const std::byte>> value_bytes(const Btf& btf, const ValuePart& part,
                                               std::span<const std::byte> whole,
                                               std::uint64_t size);

// REQUIRES: the type leads to no other (Btf::resolve). Fails as above, and for types without
// values.
Result<> append_scalar(std::string& out, const Btf& btf, const ValuePart& part,
                       std::span<const std::byte> whole, ValueStyle style);

}  // namespace weir::object
