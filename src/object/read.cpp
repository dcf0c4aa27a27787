#include "object/read.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/reader.h"
#include "diag/quote.h"
#include "object/btf.h"
#include "object/btf_layout.h"
#include "object/code.h"
#include "object/elf_file.h"
#include "object/externs.h"
#include "object/link.h"
#include "object/maps.h"
#include "object/notes.h"
#include "object/references.h"
#include "object/slots.h"

namespace weir::object {
namespace {

std::string object_name(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  for (const std::string_view suffix : {".o", ".bpf"}) {
    if (path.ends_with(suffix)) path.remove_suffix(suffix.size());
  }
  return std::string(path);
}

Result<> refuse_struct_ops(const ElfFile& file) {
  for (const std::string_view name : {".struct_ops", ".struct_ops.link"}) {
    const ElfSection* const section = file.find(name);
    if (section == nullptr || section->size == 0) continue;
    return fail(
        fmt::format("section {} replaces operations of the kernel (struct_ops)", diag::quote(name)),
        "load it with `bpftool struct_ops register`", ErrorKind::kUnsupported);
  }
  return {};
}

std::string read_license(const ElfFile& file) {
  const ElfSection* const section = file.find("license");
  if (section == nullptr) return {};
  const std::string_view text(reinterpret_cast<const char*>(section->bytes.data()),
                              section->bytes.size());
  return std::string(text.substr(0, text.find('\0')));
}

std::uint32_t read_version(const ElfFile& file) {
  const ElfSection* const section = file.find("version");
  if (section == nullptr) return 0;
  return ByteReader(section->bytes, std::endian::little).u32();
}

std::vector<std::byte> bytes_of(const ElfFile& file, std::string_view name) {
  const ElfSection* const section = file.find(name);
  if (section == nullptr) return {};
  return {section->bytes.begin(), section->bytes.end()};
}

Result<Maps> read_maps(const ElfFile& file, const Btf* btf, const Externs& externs) {
  Maps maps;
  for (const auto reader : {read_legacy_maps, read_btf_maps, read_data_maps}) {
    if (auto read = reader(file, btf, maps); !read) return std::unexpected(read.error());
  }
  if (externs.kconfig_size != 0) {
    maps.kconfig = static_cast<std::uint32_t>(maps.maps.size());
    maps.maps.push_back(kconfig_map(externs, *btf));
  }
  index_places(maps);
  return maps;
}

// .BTF as it stands in the file, so that an error names the place there.
Result<std::optional<Btf>> parse_types(const ElfFile& file, std::span<const std::byte> bytes) {
  if (bytes.empty()) return std::optional<Btf>{};
  auto btf = Btf::parse(bytes);
  if (btf) return std::optional<Btf>(std::move(*btf));
  Error error = std::move(btf.error());
  if (error.offset) *error.offset += file.find(".BTF")->offset;
  return std::unexpected(std::move(error));
}

std::vector<std::string> hidden_functions(const Code& code) {
  std::vector<std::string> names;
  for (const Function& function : code.functions) {
    if (function.hidden && !function.local) names.emplace_back(function.name);
  }
  return names;
}

}  // namespace

// Each step fails with what is wrong in the file; from the end of a step on, what its structure
// promises holds.
Result<Object> read_object(std::span<const std::byte> bytes, std::string_view name) {
  const auto file = ElfFile::read(bytes);
  if (!file) return std::unexpected(file.error());
  if (auto usual = refuse_struct_ops(*file); !usual) return std::unexpected(usual.error());

  auto types = lay_out_btf(*file);
  if (!types) return std::unexpected(types.error());
  const auto btf = parse_types(*file, *types);
  if (!btf) return std::unexpected(btf.error());
  const Btf* const known = *btf ? &**btf : nullptr;

  const auto externs = read_externs(*file, known);
  if (!externs) return std::unexpected(externs.error());
  auto maps = read_maps(*file, known, *externs);
  if (!maps) return std::unexpected(maps.error());
  const auto code = read_code(*file);
  if (!code) return std::unexpected(code.error());
  const auto references = read_references(*file, *code, *maps, *externs);
  if (!references) return std::unexpected(references.error());

  const std::vector<std::uint32_t> which = find_programs(*file, *code, *references);
  auto programs = link_programs(*file, *code, *references, which);
  if (!programs) return std::unexpected(programs.error());
  if (auto filled = fill_slots(*file, *code, which, *maps); !filled)
    return std::unexpected(filled.error());

  Object object = {.name = object_name(name),
                   .license = read_license(*file),
                   .kernel_version = read_version(*file),
                   .programs = std::move(*programs),
                   .maps = std::move(maps->maps),
                   .externs = externs->externs,
                   .btf = std::move(*types),
                   .btf_ext = bytes_of(*file, ".BTF.ext"),
                   .hidden_functions = hidden_functions(*code),
                   .notes = {}};
  object.notes = find_notes(*file, *code, *maps, object);
  return object;
}

}  // namespace weir::object
