#include "object/core_value.h"

#include <fmt/format.h>

#include "base/check.h"
#include "object/c_type.h"

namespace weir::object {
namespace {

constexpr std::uint32_t kBits = 8;
constexpr std::uint32_t kRegisterBits = 64;
constexpr std::uint32_t kRegisterBytes = 8;

// The bytes that are read to get at a field.
struct Window {
  std::uint64_t offset;
  std::uint64_t bytes;
};

// For a bit-field: an integer of its type, aligned, or a larger one if it lies across two.
Result<Window> bit_field_window(const CoreSpec& spec, std::uint32_t type_bytes,
                                std::uint32_t bit_size) {
  if (type_bytes == 0) return fail("a bit-field has a type without bytes");
  const std::uint64_t bit = spec.bit_offset;
  std::uint64_t bytes = type_bytes;
  std::uint64_t offset = bit / kBits / bytes * bytes;
  while (bit + bit_size - offset * kBits > bytes * kBits) {
    if (bytes >= kRegisterBytes)
      return fail("a bit-field lies across what one read of 64 bits gets");
    bytes *= 2;
    offset = bit / kBits / bytes * bytes;
  }
  return Window{.offset = offset, .bytes = bytes};
}

Result<CoreValue> element_value(const Btf& btf, CoreKind kind, const CoreSpec& spec) {
  const BtfId type = spec.steps.back().type;
  const auto size = btf.size_of(type);
  if (!size) return std::unexpected(size.error());
  switch (kind) {
    case CoreKind::kFieldOffset:
      return CoreValue{.value = spec.bit_offset / kBits, .bytes = *size, .type = type};
    case CoreKind::kFieldSize:
      return CoreValue{.value = *size};
    default:
      return fail(
          fmt::format("{} an element of an array cannot be asked for", core_kind_info(kind).words),
          "ask for a member's");
  }
}

bool is_signed(const Btf& btf, BtfId type) {
  if (is_enum(btf.kind(type))) return btf.type(type).flag;
  return btf.kind(type) == BtfKind::kInt && btf.integer(type).is_signed;
}

Result<CoreValue> member_value(const Btf& btf, CoreKind kind, const CoreSpec& spec) {
  const CoreStep& step = spec.steps.back();
  const BtfMember& member = btf.members(step.type)[step.index];
  const BtfId type = btf.resolve(member.type);
  const bool is_bit_field = member.bit_size > 0;
  const auto size = btf.size_of(type);
  if (!size) return std::unexpected(size.error());
  Result<Window> window = Window{.offset = spec.bit_offset / kBits, .bytes = *size};
  if (is_bit_field) window = bit_field_window(spec, btf.type(type).size, member.bit_size);
  if (!window) return std::unexpected(window.error());
  const std::uint64_t bits = is_bit_field ? member.bit_size : *size * kBits;
  // Compilers choose the window of a bit-field themselves.
  CoreValue out = {.certain = !is_bit_field};
  switch (kind) {
    case CoreKind::kFieldOffset:
      out.value = window->offset;
      if (!is_bit_field) {
        out.bytes = window->bytes;
        out.type = type;
      }
      break;
    case CoreKind::kFieldSize:
      out.value = window->bytes;
      break;
    case CoreKind::kFieldSigned:
      out = {.value = is_signed(btf, type) ? 1u : 0u};
      break;
    case CoreKind::kFieldLeftShift:
      // In 32 bits, as libbpf counts: of large fields nonsense, but the same.
      out.value = static_cast<std::uint32_t>(kRegisterBits -
                                             (spec.bit_offset + bits - window->offset * kBits));
      break;
    default:
      out = {.value = static_cast<std::uint32_t>(kRegisterBits - bits)};
      break;
  }
  return out;
}

Result<CoreValue> field_value(const Btf& btf, CoreKind kind, const CoreSpec& spec) {
  if (kind == CoreKind::kFieldExists) return CoreValue{.value = 1};
  WEIR_CHECK(!spec.steps.empty());
  return spec.steps.back().name.empty() ? element_value(btf, kind, spec)
                                        : member_value(btf, kind, spec);
}

Result<CoreValue> type_value(const Btf& btf, CoreKind kind, const CoreSpec& spec) {
  switch (kind) {
    case CoreKind::kTypeIdLocal:
    case CoreKind::kTypeIdTarget:
      // Linkers number the types anew.
      return CoreValue{.value = spec.root, .certain = false};
    case CoreKind::kTypeSize: {
      const auto size = btf.size_of(spec.root);
      if (!size) return std::unexpected(size.error());
      return CoreValue{.value = *size};
    }
    default:
      return CoreValue{.value = 1};
  }
}

CoreValue enumerator_value(const Btf& btf, CoreKind kind, const CoreSpec& spec) {
  if (kind == CoreKind::kEnumeratorExists) return {.value = 1};
  const CoreStep& step = spec.steps.front();
  return {.value = btf.enumerators(step.type)[step.index].value};
}

// What libbpf takes for an integer with a sign: `char` is none.
bool is_signed_number(const Btf& btf, BtfId type) {
  const BtfInteger integer = btf.integer(type);
  return integer.is_signed && !integer.is_char && !integer.is_bool;
}

}  // namespace

Result<CoreValue> core_value(const Btf& btf, CoreKind kind, const CoreSpec* spec) {
  const CoreKindInfo& facts = core_kind_info(kind);
  if (spec == nullptr) return CoreValue{.absent = !facts.absent_is_zero};
  switch (facts.subject) {
    case CoreSubject::kField:
      return field_value(btf, kind, *spec);
    case CoreSubject::kType:
      return type_value(btf, kind, *spec);
    default:
      return enumerator_value(btf, kind, *spec);
  }
}

bool may_change_size(const Btf& local, const CoreValue& ours, const Btf& target,
                     const CoreValue& theirs) {
  const BtfKind a = local.kind(ours.type);
  const BtfKind b = target.kind(theirs.type);
  if (a == BtfKind::kPointer && b == BtfKind::kPointer) return true;
  return a == BtfKind::kInt && b == BtfKind::kInt && !is_signed_number(local, ours.type) &&
         !is_signed_number(target, theirs.type);
}

}  // namespace weir::object
