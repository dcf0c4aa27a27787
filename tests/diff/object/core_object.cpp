#include "diff/object/core_object.h"

#include <stdexcept>

#include "diff/isa/command_output.h"
#include "isa/extended_code.h"
#include "object/core.h"
#include "support/test_objects.h"

namespace weir::difftest {
namespace {

constexpr std::string_view kSection = "socket";
constexpr std::size_t kInsnBytes = 8;

template <typename T>
T value_or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

const object::ElfSection& needed(const object::ElfFile& file, std::string_view name) {
  const object::ElfSection* section = file.find(name);
  if (section == nullptr) throw std::runtime_error("no section " + std::string(name));
  return *section;
}

}  // namespace

std::optional<std::vector<std::byte>> compile_object(const std::string& name,
                                                     const std::string& out) {
  return compile_file(WEIR_SOURCE_DIR "/tests/objects/" + name, out);
}

std::optional<std::vector<std::byte>> compile_file(const std::string& path,
                                                   const std::string& out) {
  const std::string command =
      "clang-19 -fno-crash-diagnostics -g -O2 -target bpf -I/usr/include/$(uname -m)-linux-gnu "
      "-c " +
      path + " -o " + out;
  if (!command_output(command)) return std::nullopt;
  return testing::read_file(out);
}

CoreObject::CoreObject(std::span<const std::byte> bytes) {
  const auto file = value_or_throw(object::ElfFile::read(bytes));
  btf_ =
      std::make_unique<object::Btf>(value_or_throw(object::Btf::parse(needed(file, ".BTF").bytes)));
  ext_ = value_or_throw(object::BtfExt::parse(needed(file, ".BTF.ext").bytes, *btf_));
  const object::ElfSection& section = needed(file, kSection);
  code_ = value_or_throw(isa::decode_extended(section.bytes));
  for (const object::ElfSymbol& symbol : file.symbols()) {
    if (symbol.type != object::ElfSymbolType::kFunction) continue;
    if (&file.sections()[symbol.section] != &section) continue;
    programs_.push_back({.name = std::string(symbol.name),
                         .slot = symbol.value / kInsnBytes,
                         .slots = symbol.size / kInsnBytes});
  }
}

RelocatedProgram CoreObject::relocate(const CoreProgram& program, const object::Btf& target) const {
  RelocatedProgram out;
  const auto code = std::span(code_).subspan(program.slot, program.slots);
  out.code.assign(code.begin(), code.end());
  object::CoreRelocator relocator(*btf_, target, "the target");
  const object::CodeInfo* info = ext_.find(kSection);
  if (info == nullptr) return out;
  for (const object::CoreRecord& record : info->relocations) {
    const std::size_t slot = record.offset / kInsnBytes;
    if (slot < program.slot || slot - program.slot >= program.slots) continue;
    ++out.relocations;
    const auto done = relocator.relocate(out.code, slot - program.slot, record);
    if (!done) {
      out.error = done.error().message;
      return out;
    }
    if (done->poisoned) out.reasons.push_back(done->reason + "; " + done->hint);
  }
  return out;
}

}  // namespace weir::difftest
