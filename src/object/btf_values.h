// Values of a type, as bytes in a map or a variable have them, in words: what dumps and tables of
// maps show.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <weir/result.h>

#include "object/btf.h"

namespace weir::object {

enum class ValueStyle : std::uint8_t {
  kJson,  // valid JSON without blanks: pointers are numbers, bit-fields "0x5", as bpftool has them
  kText,  // the same for people: pointers and bit-fields as 0x5
};

// Appends the value: {"a":1,"name":"eth0","list":[1,2]}. Enumerators by their names where they have
// one, arrays of char as text where it ends and is printable, sections of data by their variables.
// `bytes` are little-endian; more than the type needs is left alone. Fails, with `out` as it was,
// when they are fewer, when the type has no values, or when it nests too deeply.
Result<> append_value(std::string& out, const Btf& btf, BtfId type,
                      std::span<const std::byte> bytes, ValueStyle style);

Result<std::string> format_value(const Btf& btf, BtfId type, std::span<const std::byte> bytes,
                                 ValueStyle style);

}  // namespace weir::object
