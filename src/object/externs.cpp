#include "object/externs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "diag/quote.h"

namespace weir::object {
namespace {

struct Declaration {
  BtfId id = kVoidId;
  ExternKind kind = ExternKind::kUnknown;
};
using Declarations = std::unordered_map<std::string_view, Declaration>;

// Compilers put what is declared with a section and nowhere defined into that section's types.
Declarations read_declarations(const Btf& btf) {
  Declarations declarations;
  for (const std::string_view section : {".kconfig", ".ksyms"}) {
    const auto type = btf.find(section, BtfKind::kSection);
    if (!type) continue;
    for (const BtfPlacement& placement : btf.placements(*type)) {
      const BtfType& declared = btf.type(placement.variable);
      const bool function = declared.kind == BtfKind::kFunction;
      const auto kind = section == ".kconfig" ? ExternKind::kKconfig
                        : function            ? ExternKind::kFunction
                                              : ExternKind::kVariable;
      declarations.emplace(declared.name, Declaration{.id = placement.variable, .kind = kind});
    }
  }
  return declarations;
}

std::optional<KconfigKind> integer_kind(const BtfInteger& integer, std::uint64_t size) {
  if (integer.is_bool) return size == 1 ? std::optional(KconfigKind::kBool) : std::nullopt;
  if (size == 1) return KconfigKind::kChar;
  const bool whole = size == 2 || size == 4 || size == 8;
  return whole ? std::optional(KconfigKind::kInteger) : std::nullopt;
}

// Nothing for types that an option cannot have. The rules are libbpf's.
std::optional<KconfigPlace> kconfig_place(const Btf& btf, BtfId variable) {
  const BtfId type = btf.resolve(btf.type(variable).target);
  const auto size = btf.size_of(type);
  if (!size || *size == 0 || *size > 4096) return std::nullopt;
  KconfigPlace place;
  place.size = static_cast<std::uint32_t>(*size);
  switch (btf.kind(type)) {
    case BtfKind::kInt: {
      const auto kind = integer_kind(btf.integer(type), *size);
      if (!kind) return std::nullopt;
      place.kind = *kind;
      place.is_signed = btf.integer(type).is_signed;
      return place;
    }
    case BtfKind::kEnum:
    case BtfKind::kEnum64:
      if (btf.type(type).name != "libbpf_tristate") return std::nullopt;
      place.kind = KconfigKind::kTristate;
      return place;
    case BtfKind::kArray: {
      const BtfId element = btf.resolve(btf.array(type).element);
      if (btf.kind(element) != BtfKind::kInt || btf.type(element).size != 1) return std::nullopt;
      place.kind = KconfigKind::kText;
      return place;
    }
    default:
      return std::nullopt;
  }
}

std::uint32_t alignment_of(const KconfigPlace& place) {
  return place.kind == KconfigKind::kText ? 1 : place.size;
}

// The layout of libbpf: strictest alignment first, then the smallest, then by name.
std::uint32_t lay_out(std::vector<Extern>& externs) {
  std::vector<Extern*> options;
  for (Extern& e : externs) {
    if (e.kind == ExternKind::kKconfig) options.push_back(&e);
  }
  std::ranges::sort(options, {}, [](const Extern* option) {
    return std::tuple(~alignment_of(option->kconfig), option->kconfig.size,
                      std::string_view(option->name));
  });
  std::uint32_t end = 0;
  for (Extern* const option : options) {
    const std::uint32_t alignment = alignment_of(option->kconfig);
    option->kconfig.offset = (end + alignment - 1) / alignment * alignment;
    end = option->kconfig.offset + option->kconfig.size;
  }
  return end;
}

Result<Extern> read_extern(const ElfSymbol& symbol, const Declarations& declarations,
                           const Btf* btf) {
  Extern out;
  out.name = symbol.name;
  out.weak = symbol.weak;
  const auto declared = declarations.find(symbol.name);
  if (declared == declarations.end()) return out;
  out.kind = declared->second.kind;
  out.type = declared->second.id;
  if (out.kind == ExternKind::kFunction) out.typed = true;
  if (out.kind == ExternKind::kVariable)
    out.typed = btf->resolve(btf->type(out.type).target) != kVoidId;
  if (out.kind != ExternKind::kKconfig) return out;
  const auto place =
      btf->kind(out.type) == BtfKind::kVariable ? kconfig_place(*btf, out.type) : std::nullopt;
  if (!place) {
    return fail(
        fmt::format("option {} of the kernel's configuration has a type that it cannot have",
                    diag::quote(out.name)),
        "declare it as bool, char, an integer, enum libbpf_tristate or an array of char");
  }
  out.kconfig = *place;
  return out;
}

bool is_undefined(const ElfSymbol& symbol) {
  return symbol.section == 0 && !symbol.local && !symbol.name.empty() &&
         (symbol.type == ElfSymbolType::kNone || symbol.type == ElfSymbolType::kFunction);
}

}  // namespace

Result<Externs> read_externs(const ElfFile& file, const Btf* btf) {
  Externs out;
  out.by_symbol.assign(file.symbols().size(), Externs::kNone);
  const Declarations declarations = btf != nullptr ? read_declarations(*btf) : Declarations{};
  for (std::size_t i = 0; i < file.symbols().size(); ++i) {
    if (!is_undefined(file.symbols()[i])) continue;
    auto read = read_extern(file.symbols()[i], declarations, btf);
    if (!read) return std::unexpected(read.error());
    out.by_symbol[i] = static_cast<std::uint32_t>(out.externs.size());
    out.externs.push_back(std::move(*read));
  }
  // A file has few options; so many that their sizes do not fit are made up.
  constexpr std::size_t kMaxOptions = 10'000;
  const auto options = std::ranges::count(out.externs, ExternKind::kKconfig, &Extern::kind);
  if (static_cast<std::size_t>(options) > kMaxOptions) {
    return fail(
        fmt::format("the object asks for {} options of the kernel's configuration", options),
        fmt::format("at most {} can be", kMaxOptions));
  }
  out.kconfig_size = lay_out(out.externs);
  return out;
}

MapDefinition kconfig_map(const Externs& externs, const Btf& btf) {
  MapDefinition map;
  map.name = ".kconfig";
  map.origin = MapOrigin::kKconfig;
  map.type = MapType::kArray;
  map.key_size = sizeof(std::uint32_t);
  map.value_size = externs.kconfig_size;
  map.max_entries = 1;
  map.flags = kFlagReadOnlyForPrograms | kFlagMmapable;
  map.value_type = btf.find(".kconfig", BtfKind::kSection).value_or(kVoidId);
  return map;
}

}  // namespace weir::object
