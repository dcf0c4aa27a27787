// What a type of BTF is, as plain data: the kinds, and the rows that some kinds have (members,
// enumerators, parameters, variables). object/btf.h holds them. Source: the kernel's
// include/uapi/linux/btf.h and Documentation/bpf/btf.rst.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weir::object {

// A type's number in its BTF; 0 is void.
using BtfId = std::uint32_t;
inline constexpr BtfId kVoidId = 0;

enum class BtfKind : std::uint8_t {
  kVoid,
  kInt,
  kPointer,
  kArray,
  kStruct,
  kUnion,
  kEnum,
  kForward,
  kTypedef,
  kVolatile,
  kConst,
  kRestrict,
  kFunction,
  kPrototype,
  kVariable,
  kSection,
  kFloat,
  kDeclTag,
  kTypeTag,
  kEnum64,
};

struct BtfType {
  std::string_view name;  // empty: anonymous
  BtfKind kind = BtfKind::kVoid;
  bool flag = false;         // forward: of a union; enum: signed; struct, union: has bit-fields
  std::uint16_t count = 0;   // rows; of a function its BtfLinkage
  std::uint32_t size = 0;    // bytes, of the kinds that state it
  BtfId target = kVoidId;    // what it points to, qualifies, names; what a prototype returns
  std::uint32_t detail = 0;  // where its rows begin; the kind decides, see Btf's accessors
};

struct BtfMember {
  std::string_view name;  // empty: an anonymous struct or union
  BtfId type;
  std::uint32_t bit_offset;  // from the start of the struct or union
  std::uint8_t bit_size;     // 0: not a bit-field
};

struct BtfEnumerator {
  std::string_view name;
  std::uint64_t value;  // of a signed enum the two's complement, with its sign extended
};

struct BtfParameter {
  std::string_view name;  // of the last with type void: `...`
  BtfId type;
};

// A variable in a section of data.
struct BtfPlacement {
  BtfId variable;
  std::uint32_t offset;  // bytes from the start of the section; 0 in objects not yet laid out
  std::uint32_t size;
};

struct BtfArray {
  BtfId element;
  BtfId index;
  std::uint32_t count;
};

enum class BtfLinkage : std::uint16_t { kStatic, kGlobal, kExtern };

struct BtfInteger {
  std::uint8_t bit_offset;  // 0 in what compilers write today
  std::uint8_t bits;
  bool is_signed;
  bool is_char;
  bool is_bool;
};

// How a kind is laid out, and how its type is followed.
struct BtfKindInfo {
  BtfKind kind;
  std::string_view word;    // "struct"
  std::uint8_t fixed_size;  // bytes that follow the header of each type
  std::uint8_t row_size;    // bytes of each row
  bool has_size;            // the header's last field is a size, not a type
  bool is_modifier;         // its value is laid out as its target's
};

inline constexpr auto kBtfKinds = std::to_array<BtfKindInfo>({
    {BtfKind::kVoid, "void", 0, 0, false, false},
    {BtfKind::kInt, "integer", 4, 0, true, false},
    {BtfKind::kPointer, "pointer", 0, 0, false, false},
    {BtfKind::kArray, "array", 12, 0, false, false},
    {BtfKind::kStruct, "struct", 0, 12, true, false},
    {BtfKind::kUnion, "union", 0, 12, true, false},
    {BtfKind::kEnum, "enum", 0, 8, true, false},
    {BtfKind::kForward, "forward declaration", 0, 0, false, false},
    {BtfKind::kTypedef, "typedef", 0, 0, false, false},
    {BtfKind::kVolatile, "volatile", 0, 0, false, true},
    {BtfKind::kConst, "const", 0, 0, false, true},
    {BtfKind::kRestrict, "restrict", 0, 0, false, true},
    {BtfKind::kFunction, "function", 0, 0, false, false},
    {BtfKind::kPrototype, "function prototype", 0, 8, false, false},
    {BtfKind::kVariable, "variable", 4, 0, false, false},
    {BtfKind::kSection, "section", 0, 12, true, false},
    {BtfKind::kFloat, "float", 0, 0, true, false},
    {BtfKind::kDeclTag, "tag of a declaration", 4, 0, false, false},
    {BtfKind::kTypeTag, "tag of a type", 0, 0, false, true},
    {BtfKind::kEnum64, "enum", 0, 12, true, false},
});
static_assert(std::ranges::all_of(kBtfKinds, [](const BtfKindInfo& info) {
  return &info == &kBtfKinds[static_cast<std::size_t>(info.kind)];
}));

constexpr const BtfKindInfo& kind_info(BtfKind kind) {
  return kBtfKinds.at(static_cast<std::size_t>(kind));
}
constexpr bool is_composite(BtfKind kind) {
  return kind == BtfKind::kStruct || kind == BtfKind::kUnion;
}
constexpr bool is_enum(BtfKind kind) { return kind == BtfKind::kEnum || kind == BtfKind::kEnum64; }
constexpr bool is_modifier(BtfKind kind) { return kind_info(kind).is_modifier; }

}  // namespace weir::object
