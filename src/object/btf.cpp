#include "object/btf.h"

#include <algorithm>

#include "base/check.h"
#include "object/btf_index.h"
#include "object/c_type.h"

namespace weir::object {
namespace {

// `count` is the type's where its kind is one of those that have such rows.
template <typename Row>
std::span<const Row> rows(const std::vector<Row>& all, const BtfType& type, bool has_such) {
  if (!has_such) return {};
  return std::span(all).subspan(type.detail, type.count);
}

bool leads_on(BtfKind kind) {
  return is_modifier(kind) || kind == BtfKind::kTypedef || kind == BtfKind::kVariable ||
         kind == BtfKind::kDeclTag;
}

constexpr std::uint64_t kPointerBytes = 8;

}  // namespace

Btf::Btf(BtfTables tables, std::shared_ptr<const Btf> base)
    : own_(std::move(tables)),
      base_(std::move(base)),
      first_(base_ ? base_->type_count() : 0),
      index_(std::make_unique<BtfIndex>()) {}
Btf::Btf(Btf&&) noexcept = default;
Btf& Btf::operator=(Btf&&) noexcept = default;
Btf::~Btf() = default;

std::span<const BtfMember> Btf::members(BtfId id) const {
  return rows(tables_of(id).members, type(id), is_composite(kind(id)));
}

std::span<const BtfEnumerator> Btf::enumerators(BtfId id) const {
  return rows(tables_of(id).enumerators, type(id), is_enum(kind(id)));
}

std::span<const BtfParameter> Btf::parameters(BtfId id) const {
  return rows(tables_of(id).parameters, type(id), kind(id) == BtfKind::kPrototype);
}

std::span<const BtfPlacement> Btf::placements(BtfId id) const {
  return rows(tables_of(id).placements, type(id), kind(id) == BtfKind::kSection);
}

const BtfArray& Btf::array(BtfId id) const {
  WEIR_CHECK(kind(id) == BtfKind::kArray);
  return tables_of(id).arrays[type(id).detail];
}

BtfInteger Btf::integer(BtfId id) const {
  WEIR_CHECK(kind(id) == BtfKind::kInt);
  const std::uint32_t detail = type(id).detail;
  return {.bit_offset = static_cast<std::uint8_t>(detail >> 16 & 0xff),
          .bits = static_cast<std::uint8_t>(detail & 0xff),
          .is_signed = (detail >> 24 & 1) != 0,
          .is_char = (detail >> 24 & 2) != 0,
          .is_bool = (detail >> 24 & 4) != 0};
}

BtfLinkage Btf::linkage(BtfId id) const {
  const BtfType& it = type(id);
  WEIR_CHECK(it.kind == BtfKind::kFunction || it.kind == BtfKind::kVariable);
  return static_cast<BtfLinkage>(it.kind == BtfKind::kFunction ? it.count : it.detail);
}

std::int32_t Btf::tagged_component(BtfId id) const {
  WEIR_CHECK(kind(id) == BtfKind::kDeclTag);
  return static_cast<std::int32_t>(type(id).detail);
}

BtfId Btf::skip_modifiers(BtfId id) const {
  while (is_modifier(kind(id))) id = type(id).target;
  return id;
}

BtfId Btf::resolve(BtfId id) const {
  while (is_modifier(kind(id)) || kind(id) == BtfKind::kTypedef) id = type(id).target;
  return id;
}

Result<std::uint64_t> Btf::size_of(BtfId id) const {
  const BtfId asked = id;
  std::uint64_t count = 1;
  for (;;) {
    const BtfType& it = type(id);
    if (leads_on(it.kind)) {
      id = it.target;
    } else if (it.kind == BtfKind::kArray) {
      const BtfArray& array = this->array(id);
      if (__builtin_mul_overflow(count, array.count, &count)) break;
      id = array.element;
    } else {
      const bool pointer = it.kind == BtfKind::kPointer;
      if (!pointer && !kind_info(it.kind).has_size) {
        return fail("`" + c_spelling(*this, asked) + "` has no size",
                    it.kind == BtfKind::kForward ? "it is only declared here" : "");
      }
      if (__builtin_mul_overflow(count, pointer ? kPointerBytes : it.size, &count)) break;
      return count;
    }
  }
  return fail("`" + c_spelling(*this, asked) + "` is larger than any memory");
}

const BtfIndex& Btf::index() const {
  index_->make_once(own_.types);
  return *index_;
}

std::vector<BtfId> Btf::find_flavors(std::string_view name) const {
  std::vector<BtfId> out;
  if (base_) out = base_->find_flavors(name);
  index().append(own_.types, essential_name(name), first_, out);
  return out;
}

std::optional<BtfId> Btf::find(std::string_view name, BtfKind kind) const {
  for (const BtfId id : find_flavors(name)) {
    if (type(id).kind == kind && type(id).name == name) return id;
  }
  return std::nullopt;
}

std::uint32_t Btf::string_bytes() const {
  return (base_ ? base_->string_bytes() : 0) + static_cast<std::uint32_t>(own_.strings.size());
}

std::optional<std::string_view> Btf::string_at(std::uint32_t offset) const {
  const std::uint32_t before = base_ ? base_->string_bytes() : 0;
  if (offset < before) return base_->string_at(offset);
  if (offset - before >= own_.strings.size()) return std::nullopt;
  const std::size_t left = own_.strings.size() - (offset - before);
  const std::string_view rest(own_.strings.data() + (offset - before), std::min(left, kMaxName));
  return rest.substr(0, rest.find('\0'));
}

}  // namespace weir::object
