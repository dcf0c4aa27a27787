// CO-RE relocations as an object records them (.BTF.ext): "this instruction holds the offset of
// that field of that type". Source: the kernel's include/uapi/linux/bpf.h, enum bpf_core_relo_kind.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "object/btf_types.h"

namespace weir::object {

enum class CoreKind : std::uint8_t {
  kFieldOffset,
  kFieldSize,
  kFieldExists,
  kFieldSigned,
  kFieldLeftShift,
  kFieldRightShift,
  kTypeIdLocal,
  kTypeIdTarget,
  kTypeExists,
  kTypeSize,
  kEnumeratorExists,
  kEnumeratorValue,
  kTypeMatches,
};

// What is looked for in the target's types.
enum class CoreSubject : std::uint8_t { kField, kType, kEnumerator };

struct CoreKindInfo {
  CoreKind kind;
  CoreSubject subject;
  bool absent_is_zero;     // a missing target is an answer, not a reason to poison
  std::string_view words;  // "the offset of"
};

inline constexpr auto kCoreKinds = std::to_array<CoreKindInfo>({
    {CoreKind::kFieldOffset, CoreSubject::kField, false, "the offset of"},
    {CoreKind::kFieldSize, CoreSubject::kField, false, "the size of"},
    {CoreKind::kFieldExists, CoreSubject::kField, true, "the existence of"},
    {CoreKind::kFieldSigned, CoreSubject::kField, false, "the sign of"},
    {CoreKind::kFieldLeftShift, CoreSubject::kField, false, "the left shift of"},
    {CoreKind::kFieldRightShift, CoreSubject::kField, false, "the right shift of"},
    {CoreKind::kTypeIdLocal, CoreSubject::kType, true, "the object's own number of"},
    {CoreKind::kTypeIdTarget, CoreSubject::kType, true, "the number of"},
    {CoreKind::kTypeExists, CoreSubject::kType, true, "the existence of"},
    {CoreKind::kTypeSize, CoreSubject::kType, true, "the size of"},
    {CoreKind::kEnumeratorExists, CoreSubject::kEnumerator, true, "the existence of"},
    {CoreKind::kEnumeratorValue, CoreSubject::kEnumerator, false, "the value of"},
    {CoreKind::kTypeMatches, CoreSubject::kType, true, "the match of"},
});
static_assert(std::ranges::all_of(kCoreKinds, [](const CoreKindInfo& info) {
  return &info == &kCoreKinds[static_cast<std::size_t>(info.kind)];
}));

constexpr const CoreKindInfo& core_kind_info(CoreKind kind) {
  return kCoreKinds.at(static_cast<std::size_t>(kind));
}

struct CoreRecord {
  std::uint32_t offset;     // bytes from the start of the section to the instruction
  BtfId type;               // in the object's own types
  std::string_view access;  // "0:1:2": the way to a field, the place of an enumerator
  CoreKind kind;
};

}  // namespace weir::object
