// A package from an object: the names and lists of ecc, which are those of bpftool's skeletons.
#include <algorithm>
#include <array>

#include "object/btf.h"
#include "object/c_type.h"
#include "object/package.h"

namespace weir::object {
namespace package_make {
namespace {

constexpr bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string identifier(std::string_view name) {
  std::string out(name);
  std::ranges::replace_if(out, [](char c) { return !is_alnum(c) && c != '_'; }, '_');
  return out;
}

std::string object_name(std::string_view file_name) {
  if (const auto slash = file_name.rfind('/'); slash != file_name.npos)
    file_name.remove_prefix(slash + 1);
  if (file_name.ends_with(".o")) file_name.remove_suffix(2);
  return identifier(file_name);
}

bool is_internal(const MapDefinition& map) {
  return map.origin != MapOrigin::kBtf && map.origin != MapOrigin::kLegacy &&
         map.origin != MapOrigin::kIproute2;
}

// libbpf's name of a map that is a section (internal_map_name in its libbpf.c): a name of the
// kernel has 15 characters; the section's gets its due, and at least seven.
std::string kernel_name(const std::string& object, const MapDefinition& map) {
  constexpr std::size_t kMaxName = 15;
  if (!is_internal(map) || map.name.find('.', 1) != map.name.npos) return map.name;
  const std::size_t suffix = std::clamp<std::size_t>(map.name.size(), 7, kMaxName);
  return object.substr(0, kMaxName - suffix) + map.name.substr(0, suffix);
}

std::string map_identifier(const MapDefinition& map) {
  return is_internal(map) ? identifier(std::string_view(map.name).substr(1)) : map.name;
}

bool is_qualifier(std::string_view word) {
  constexpr auto kQualifiers = std::to_array<std::string_view>({"const", "volatile", "restrict"});
  return std::ranges::find(kQualifiers, word) != kQualifiers.end();
}

std::string without_qualifiers(std::string_view type) {
  std::string out;
  for (std::size_t i = 0; i < type.size();) {
    const auto end = std::min(type.find_first_of(" *(),[]", i), type.size());
    const std::string_view word = type.substr(i, end - i);
    if (is_qualifier(word)) {
      i = end + (end < type.size() && type[end] == ' ' ? 1 : 0);
      continue;
    }
    out += word;
    if (end < type.size()) out += type[end];
    i = end + 1;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string type_text(const Btf& btf, BtfId id) {
  const std::string text = without_qualifiers(c_spelling(btf, id));
  return text.find("(anonymous)") == text.npos ? text : "composite";
}

// What the annotations say of that name; the first declaration that says anything.
Attributes attributes_of(std::span<const AnnotatedDeclaration> annotations, DeclarationKind kind,
                         std::string_view name) {
  Attributes out;
  const auto found = std::ranges::find_if(annotations, [&](const AnnotatedDeclaration& row) {
    return row.kind == kind && row.name == name;
  });
  if (found == annotations.end()) return out;
  for (const Annotation& annotation : found->annotations)
    out.push_back({.name = annotation.name, .json = annotation.json});
  std::ranges::sort(out, {}, &Attribute::name);
  return out;
}

// Variables that the object's users can know of.
PackageSection section_of(const MapDefinition& map, const Btf& btf,
                          std::span<const AnnotatedDeclaration> annotations) {
  PackageSection section{.name = map.name, .variables = {}};
  for (const BtfPlacement& placement : btf.placements(map.value_type)) {
    const BtfType& variable = btf.type(placement.variable);
    if (variable.kind != BtfKind::kVariable ||
        btf.linkage(placement.variable) == BtfLinkage::kStatic)
      continue;
    const std::string name(variable.name);
    section.variables.push_back(
        {.name = name,
         .type = type_text(btf, variable.target),
         .attributes = attributes_of(annotations, DeclarationKind::kVariable, name)});
  }
  return section;
}

bool is_mapped(const MapDefinition& map) {
  return is_internal(map) && (map.flags & kFlagMmapable) != 0;
}

}  // namespace
}  // namespace package_make

Package make_package(const Object& object, std::span<const std::byte> bytes,
                     std::string_view file_name,
                     std::span<const AnnotatedDeclaration> annotations) {
  namespace make = package_make;
  Package package;
  package.object.assign(bytes.begin(), bytes.end());
  package.object_name = make::object_name(file_name);
  package.eunomia_version = kPackageVersion;
  package.doc = make::attributes_of(annotations, DeclarationKind::kLicense, "LICENSE");
  const auto btf = Btf::parse(object.btf);
  for (const MapDefinition& map : object.maps) {
    if (btf && make::is_mapped(map) && btf->has(map.value_type))
      package.sections.push_back(make::section_of(map, *btf, annotations));
    package.maps.push_back(
        {.name = make::kernel_name(package.object_name, map),
         .ident = make::map_identifier(map),
         .mmaped = make::is_mapped(map),
         .attributes = make::attributes_of(annotations, DeclarationKind::kMap, map.name)});
  }
  for (const Program& program : object.programs) {
    package.programs.push_back(
        {.name = program.name,
         .attach = (program.autoload ? "" : "?") + program.section,
         .attributes = make::attributes_of(annotations, DeclarationKind::kFunction, program.name)});
  }
  return package;
}

}  // namespace weir::object
