// Writes BTF for tests: types are added one by one and answer their numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/writer.h"
#include "object/btf_types.h"

namespace weir::test {

struct BtfRow {
  std::string_view name;
  std::uint32_t type = 0;   // of an enumerator the value
  std::uint32_t place = 0;  // bits, as the format has them
};

class BtfWriter {
 public:
  using Kind = object::BtfKind;

  // `next` is the number of the first type; with a base also how many bytes of names that has.
  explicit BtfWriter(std::uint32_t next = 1, std::uint32_t base_strings = 0)
      : next_(next), base_strings_(base_strings) {
    if (base_strings == 0) strings_.u8(0);
  }

  std::uint32_t string(std::string_view text) {
    if (text.empty()) return 0;
    const auto at = base_strings_ + static_cast<std::uint32_t>(strings_.size());
    strings_.append(std::as_bytes(std::span(text)));
    strings_.u8(0);
    return at;
  }

  // Any type: the header, for what is not made below.
  std::uint32_t type(Kind kind, std::string_view name, std::uint32_t size_or_target,
                     std::uint32_t count = 0, bool flag = false) {
    types_.u32(string(name));
    types_.u32(static_cast<std::uint32_t>(kind) << 24 | count | std::uint32_t{flag} << 31);
    types_.u32(size_or_target);
    return next_++;
  }
  void word(std::uint32_t value) { types_.u32(value); }

  std::uint32_t integer(std::string_view name, std::uint32_t bytes, bool is_signed = false) {
    const std::uint32_t id = type(Kind::kInt, name, bytes);
    word(std::uint32_t{is_signed} << 24 | bytes * 8);
    return id;
  }
  std::uint32_t pointer(std::uint32_t to) { return type(Kind::kPointer, {}, to); }
  std::uint32_t array(std::uint32_t element, std::uint32_t count) {
    const std::uint32_t id = type(Kind::kArray, {}, 0);
    word(element);
    word(1);
    word(count);
    return id;
  }
  std::uint32_t composite(Kind kind, std::string_view name, std::uint32_t bytes,
                          const std::vector<BtfRow>& rows, bool bit_fields = false) {
    const std::uint32_t id =
        type(kind, name, bytes, static_cast<std::uint32_t>(rows.size()), bit_fields);
    for (const BtfRow& row : rows) {
      word(string(row.name));
      word(row.type);
      word(row.place);
    }
    return id;
  }
  std::uint32_t enumeration(std::string_view name, std::uint32_t bytes,
                            const std::vector<BtfRow>& rows, bool is_signed = false) {
    const std::uint32_t id =
        type(Kind::kEnum, name, bytes, static_cast<std::uint32_t>(rows.size()), is_signed);
    for (const BtfRow& row : rows) {
      word(string(row.name));
      word(row.type);
    }
    return id;
  }
  std::uint32_t prototype(std::uint32_t returns, const std::vector<BtfRow>& rows) {
    const std::uint32_t id =
        type(Kind::kPrototype, {}, returns, static_cast<std::uint32_t>(rows.size()));
    for (const BtfRow& row : rows) {
      word(string(row.name));
      word(row.type);
    }
    return id;
  }

  std::uint32_t string_bytes() const { return static_cast<std::uint32_t>(strings_.size()); }

  // The whole, as it stands in a .BTF section.
  std::vector<std::byte> bytes() const {
    ByteWriter out(std::endian::little);
    out.u16(0xeb9f);
    out.u8(1);
    out.u8(0);
    out.u32(24);
    out.u32(0);
    out.u32(static_cast<std::uint32_t>(types_.size()));
    out.u32(static_cast<std::uint32_t>(types_.size()));
    out.u32(static_cast<std::uint32_t>(strings_.size()));
    out.append(types_.bytes());
    out.append(strings_.bytes());
    return out.release();
  }

 private:
  std::uint32_t next_;
  std::uint32_t base_strings_;
  ByteWriter types_{std::endian::little};
  ByteWriter strings_{std::endian::little};
};

}  // namespace weir::test
