#include "object/elf_kind.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/reader.h"

namespace weir::object {
namespace {

using namespace std::string_view_literals;

constexpr auto kCompile = "compile C with `clang -target bpf -O2 -g -c`"sv;

struct FileKind {
  std::string_view magic;
  std::string_view what;
  std::string_view hint;
};

constexpr auto kFileKinds = std::to_array<FileKind>({
    {"!<arch>\n"sv, "an archive", "take the object out of it with ar(1)"},
    {"!<thin>\n"sv, "a thin archive", "name the object itself"},
    {"BC\xc0\xde"sv, "LLVM bitcode", "compile it with `llc -march=bpf -filetype=obj`"},
    {"\0asm"sv, "WebAssembly", kCompile},
    {"\x9f\xeb\x01"sv, "bare type information (BTF)", "name the object that it belongs to"},
    {"\x1f\x8b"sv, "gzip data", "decompress it first"},
    {"\x28\xb5\x2f\xfd"sv, "zstd data", "decompress it first"},
    {"MZ"sv, "a Windows program", kCompile},
});

struct Machine {
  std::uint16_t number;
  std::string_view name;
};

constexpr auto kMachines = std::to_array<Machine>({
    {EM_386, "32-bit x86"},
    {EM_PPC64, "64-bit PowerPC"},
    {EM_S390, "s390"},
    {EM_ARM, "32-bit ARM"},
    {EM_X86_64, "x86-64"},
    {EM_AARCH64, "64-bit ARM"},
    {EM_RISCV, "RISC-V"},
    {EM_LOONGARCH, "LoongArch"},
    {EM_MIPS, "MIPS"},
});

std::string machine_name(std::uint16_t number) {
  const auto* const known = std::ranges::find(kMachines, number, &Machine::number);
  return known != kMachines.end() ? std::string(known->name) : fmt::format("machine {}", number);
}

std::string_view type_name(std::uint16_t type) {
  switch (type) {
    case ET_EXEC:
      return "an executable";
    case ET_DYN:
      return "a shared library";
    case ET_CORE:
      return "a core dump";
    default:
      return "of an unknown kind";
  }
}

std::unexpected<Error> not_an_object(std::string_view what, std::string_view hint,
                                     std::uint64_t offset = 0) {
  auto error = fail(fmt::format("not a BPF object: {}", what), std::string(hint));
  error.error().offset = offset;
  return error;
}

bool is_text(std::span<const std::byte> bytes) {
  return std::ranges::all_of(bytes.first(std::min<std::size_t>(bytes.size(), 64)), [](std::byte b) {
    const auto c = std::to_integer<unsigned char>(b);
    return c >= 0x20 ? c != 0x7f : c == '\n' || c == '\r' || c == '\t';
  });
}

std::unexpected<Error> not_elf(std::span<const std::byte> bytes) {
  if (bytes.empty()) return not_an_object("the file is empty", kCompile);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (const FileKind& kind : kFileKinds) {
    if (text.starts_with(kind.magic))
      return not_an_object(fmt::format("it looks like {}", kind.what), kind.hint);
  }
  if (is_text(bytes)) return not_an_object("it looks like text", kCompile);
  return not_an_object("it does not begin as an ELF file does", kCompile);
}

}  // namespace

Result<> check_elf_kind(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with("\x7f"
                        "ELF"))
    return not_elf(bytes);
  ByteReader reader(bytes, std::endian::little);
  reader.skip(EI_CLASS);
  const std::uint8_t bits = reader.u8();
  const std::uint8_t order = reader.u8();
  if (reader.ok() && order == ELFDATA2MSB) reader.set_order(std::endian::big);
  reader.skip(EI_NIDENT - EI_VERSION);
  const std::uint16_t type = reader.u16();
  const std::uint16_t machine = reader.u16();
  if (!reader.ok())
    return not_an_object("its ELF header is cut short", "copy or compile it again", bytes.size());
  if (machine != EM_BPF) {
    return not_an_object(fmt::format("its code is for {}", machine_name(machine)), kCompile,
                         offsetof(Elf64_Ehdr, e_machine));
  }
  if (order != ELFDATA2LSB) {
    return not_an_object("it is big-endian, and this machine is little-endian",
                         "compile with `clang -target bpfel`", EI_DATA);
  }
  if (bits != ELFCLASS64) return not_an_object("it is a 32-bit ELF file", kCompile, EI_CLASS);
  if (type != ET_REL) {
    return not_an_object(fmt::format("it is {}, not a relocatable file", type_name(type)),
                         "give clang `-c`, and link objects with `bpftool gen object`",
                         offsetof(Elf64_Ehdr, e_type));
  }
  return {};
}

}  // namespace weir::object
