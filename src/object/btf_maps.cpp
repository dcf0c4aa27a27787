// The definitions in `.maps`: a variable's type is a struct whose members are the attributes. A
// number is the length of the array that a member points to, or the first enumerator of the enum
// that it points to; a type is what the member points to.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "base/suggest.h"
#include "diag/quote.h"
#include "object/maps.h"

namespace weir::object {
namespace {

constexpr auto kMacros = "use the macros __uint, __type and __array of bpf_helpers.h";

class BtfMapReader {
 public:
  BtfMapReader(const Btf& btf, std::string_view variable, bool is_inner)
      : btf_(btf), variable_(variable), is_inner_(is_inner) {
    map_.name = is_inner ? std::string(variable) + ".inner" : std::string(variable);
  }

  Result<> read(BtfId definition) {
    const BtfId type = btf_.resolve(definition);
    if (btf_.kind(type) != BtfKind::kStruct)
      return fail_here("its definition is no struct", kMacros);
    for (const BtfMember& member : btf_.members(type)) {
      if (values_) return fail_here("`values` is not its last attribute", "move it to the end");
      if (auto done = read_attribute(member); !done) return done;
    }
    if (map_.type == MapType::kUnknown)
      return fail_here("it has no type", "add `__uint(type, BPF_MAP_TYPE_HASH)`, or another type");
    return {};
  }

  MapDefinition take() { return std::move(map_); }
  // The member `values`, where there is one.
  const std::optional<BtfMember>& values() const { return values_; }

 private:
  struct Attribute {
    std::string_view name;
    Result<> (BtfMapReader::*read)(const BtfMember&);
  };
  static const std::array<Attribute, 11> kAttributes;

  template <typename... Args>
  std::unexpected<Error> fail_here(const std::string& what, std::string hint) const {
    return fail(fmt::format("map {}: {}", diag::quote(map_.name), what), std::move(hint));
  }

  Result<> read_attribute(const BtfMember& member) {
    const auto* const row = std::ranges::find(kAttributes, member.name, &Attribute::name);
    if (row != kAttributes.end()) return (this->*row->read)(member);
    std::array<std::string_view, kAttributes.size()> names;
    std::ranges::transform(kAttributes, names.begin(), &Attribute::name);
    const std::string_view close = closest_word(member.name, names);
    return fail_here(
        fmt::format("there is no attribute {}", diag::quote(member.name)),
        close.empty() ? std::string(kMacros) : fmt::format("did you mean `{}`", close));
  }

  Result<std::uint64_t> number(const BtfMember& member) const {
    const BtfId pointer = btf_.resolve(member.type);
    if (btf_.kind(pointer) == BtfKind::kPointer) {
      const BtfId type = btf_.resolve(btf_.type(pointer).target);
      if (btf_.kind(type) == BtfKind::kArray) return btf_.array(type).count;
      if (is_enum(btf_.kind(type)) && !btf_.enumerators(type).empty())
        return btf_.enumerators(type).front().value;
    }
    return fail_here(fmt::format("{} is no number", diag::quote(member.name)),
                     fmt::format("write `__uint({}, N)`", member.name));
  }

  template <std::uint32_t MapDefinition::* Field>
  Result<> read_word(const BtfMember& member) {
    const auto value = number(member);
    if (!value) return std::unexpected(value.error());
    if (*value > std::numeric_limits<std::uint32_t>::max()) {
      return fail_here(fmt::format("{} is {}, more than 32 bits", diag::quote(member.name), *value),
                       "give a smaller number");
    }
    map_.*Field = static_cast<std::uint32_t>(*value);
    return {};
  }

  Result<> read_extra(const BtfMember& member) {
    const auto value = number(member);
    if (!value) return std::unexpected(value.error());
    map_.extra = *value;
    return {};
  }

  Result<> read_type(const BtfMember& member) {
    const auto value = number(member);
    if (!value) return std::unexpected(value.error());
    if (*value >= kMapTypeNames.size()) {
      return fail_here(fmt::format("there is no map type {}", *value),
                       fmt::format("the highest that is known is {}, {}", kMapTypeNames.size() - 1,
                                   kMapTypeNames.back()));
    }
    map_.type = static_cast<MapType>(*value);
    return {};
  }

  Result<> read_pinning(const BtfMember& member) {
    const auto value = number(member);
    if (!value) return std::unexpected(value.error());
    if (*value > std::to_underlying(Pinning::kByName) || is_inner_) {
      return fail_here(
          is_inner_ ? std::string("an inner map cannot be pinned")
                    : fmt::format("there is no kind of pinning {}", *value),
          "use LIBBPF_PIN_BY_NAME for a map that is not inside of another, or no pinning");
    }
    map_.pinning = static_cast<Pinning>(*value);
    return {};
  }

  // `key_size` and `key` may both be there when they agree; so may those of the value.
  Result<> set_size(std::uint32_t MapDefinition::* field, std::uint64_t size,
                    std::string_view what) {
    const std::uint32_t before = map_.*field;
    if (size > std::numeric_limits<std::uint32_t>::max() || (before != 0 && before != size)) {
      return fail_here(fmt::format("its {} has {} bytes here and {} there", what, before, size),
                       fmt::format("give one of `{0}` and `{0}_size`", what));
    }
    map_.*field = static_cast<std::uint32_t>(size);
    return {};
  }

  template <std::uint32_t MapDefinition::* Field>
  Result<> read_size(const BtfMember& member) {
    const auto value = number(member);
    if (!value) return std::unexpected(value.error());
    return set_size(Field, *value, member.name.substr(0, member.name.find('_')));
  }

  template <std::uint32_t MapDefinition::* Field, std::uint32_t MapDefinition::* Type>
  Result<> read_typed(const BtfMember& member) {
    const BtfId pointer = btf_.resolve(member.type);
    if (btf_.kind(pointer) != BtfKind::kPointer) {
      return fail_here(fmt::format("{} is no type", diag::quote(member.name)),
                       fmt::format("write `__type({}, struct name)`", member.name));
    }
    const BtfId type = btf_.type(pointer).target;
    const auto size = btf_.size_of(type);
    if (!size) return fail_here(size.error().message, "define the type before the map");
    map_.*Type = type;
    return set_size(Field, *size, member.name);
  }

  // The values of such maps are numbers of maps or programs.
  Result<> read_values(const BtfMember& member) {
    const bool of_maps = is_map_of_maps(map_.type);
    if (is_inner_ || (!of_maps && map_.type != MapType::kProgArray)) {
      return fail_here("`values` is for maps of maps and of programs, and not for inner maps",
                       "put `type` before `values`, or remove `values`");
    }
    const auto element = element_of_values(member);
    if (!element) return std::unexpected(element.error());
    if (auto set = set_size(&MapDefinition::value_size, sizeof(std::uint32_t), "value"); !set)
      return set;
    values_ = member;
    if (!of_maps) return {};
    BtfMapReader inner(btf_, variable_, true);
    if (auto read = inner.read(*element); !read) return read;
    map_.inner.push_back(inner.take());
    return {};
  }

  // What the pointers in the array `values` point to.
  Result<BtfId> element_of_values(const BtfMember& member) const {
    const BtfId array = btf_.resolve(member.type);
    if (btf_.kind(array) == BtfKind::kArray && btf_.array(array).count == 0) {
      const BtfId pointer = btf_.resolve(btf_.array(array).element);
      if (btf_.kind(pointer) == BtfKind::kPointer) {
        const BtfId element = btf_.resolve(btf_.type(pointer).target);
        const BtfKind wanted = is_map_of_maps(map_.type) ? BtfKind::kStruct : BtfKind::kPrototype;
        if (btf_.kind(element) == wanted) return element;
      }
    }
    return fail_here(
        "`values` is no array of what the map holds",
        "write `__array(values, struct inner)`, or `__array(values, int (void *))` for programs");
  }

  const Btf& btf_;
  std::string_view variable_;
  bool is_inner_;
  MapDefinition map_;
  std::optional<BtfMember> values_;
};

constexpr std::array<BtfMapReader::Attribute, 11> BtfMapReader::kAttributes{{
    {"type", &BtfMapReader::read_type},
    {"max_entries", &BtfMapReader::read_word<&MapDefinition::max_entries>},
    {"map_flags", &BtfMapReader::read_word<&MapDefinition::flags>},
    {"numa_node", &BtfMapReader::read_word<&MapDefinition::numa_node>},
    {"map_extra", &BtfMapReader::read_extra},
    {"key_size", &BtfMapReader::read_size<&MapDefinition::key_size>},
    {"key", &BtfMapReader::read_typed<&MapDefinition::key_size, &MapDefinition::key_type>},
    {"value_size", &BtfMapReader::read_size<&MapDefinition::value_size>},
    {"value", &BtfMapReader::read_typed<&MapDefinition::value_size, &MapDefinition::value_type>},
    {"values", &BtfMapReader::read_values},
    {"pinning", &BtfMapReader::read_pinning},
}};

Result<> read_variable(const Btf& btf, const BtfPlacement& placement, std::uint32_t section,
                       Maps& maps) {
  const BtfType& variable = btf.type(placement.variable);
  if (variable.kind != BtfKind::kVariable)
    return fail(fmt::format("{} in section `.maps` is no variable", diag::quote(variable.name)),
                kMacros);
  BtfMapReader reader(btf, variable.name, false);
  if (auto read = reader.read(variable.target); !read) return read;
  const auto index = static_cast<std::uint32_t>(maps.maps.size());
  maps.places.push_back(
      {.section = section, .offset = placement.offset, .size = placement.size, .map = index});
  if (reader.values()) {
    maps.slot_sources.push_back(
        {.map = index,
         .section = section,
         .begin = placement.offset + std::uint64_t{reader.values()->bit_offset / 8},
         .end = placement.offset + std::uint64_t{placement.size}});
  }
  maps.maps.push_back(reader.take());
  return {};
}

}  // namespace

Result<> read_btf_maps(const ElfFile& file, const Btf* btf, Maps& maps) {
  const ElfSection* const section = file.find(".maps");
  if (section == nullptr || section->size == 0) return {};
  const auto type = btf != nullptr ? btf->find(".maps", BtfKind::kSection) : std::nullopt;
  if (!type) {
    return fail("section `.maps` defines maps, but the types that describe them (BTF) are missing",
                "compile with `-g`, and strip with `llvm-strip -g`, which keeps BTF");
  }
  const auto index = static_cast<std::uint32_t>(section - file.sections().data());
  if (auto few = check_map_count(btf->placements(*type).size()); !few) return few;
  std::vector<BtfPlacement> placements(btf->placements(*type).begin(),
                                       btf->placements(*type).end());
  std::ranges::sort(placements, {}, [](const BtfPlacement& placement) {
    return std::pair(placement.offset, placement.variable);
  });
  std::uint64_t end = 0;
  for (const BtfPlacement& placement : placements) {
    if (placement.offset < end ||
        std::uint64_t{placement.offset} + placement.size > section->size) {
      return fail(fmt::format("map {} is not where its type says, at byte {} of section `.maps`",
                              diag::quote(btf->type(placement.variable).name), placement.offset),
                  "the file is damaged; compile it again");
    }
    end = std::uint64_t{placement.offset} + placement.size;
    if (auto read = read_variable(*btf, placement, index, maps); !read) return read;
  }
  return {};
}

}  // namespace weir::object
