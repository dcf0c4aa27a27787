// Files that are no BPF object, or a broken one: each error says what and where.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "harness/elf_writer.h"
#include "object/elf_file.h"
#include "object/read.h"

namespace weir::object {
namespace {

using test::ElfWriter;
using Bytes = ElfWriter::Bytes;

Bytes text_bytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

// One program of two instructions in `tc`.
ElfWriter small_object() {
  ElfWriter elf;
  const std::uint32_t code = elf.add_code(
      "tc", std::vector{isa::alu64(isa::AluOp::kMov, isa::kR0, 0), isa::exit_program()});
  elf.add_symbol("prog", code, 0, 16, STT_FUNC);
  return elf;
}

Error refusal(const Bytes& bytes) {
  const auto object = read_object(bytes, "x.o");
  EXPECT_FALSE(object);
  return object ? Error{} : object.error();
}

void expect_refusal(const Bytes& bytes, const std::string& message,
                    const std::string& hint = "compile C with `clang -target bpf -O2 -g -c`") {
  const Error error = refusal(bytes);
  EXPECT_EQ(error.message, message);
  EXPECT_EQ(error.hint, hint);
}

constexpr auto kDamagedHint = "the file is damaged; compile it again";

TEST(ElfFile, ASmallObjectIsRead) {
  ElfWriter elf = small_object();
  const auto object = read_object(elf.finish(), "/tmp/dir.d/small.bpf.o");
  ASSERT_TRUE(object) << object.error().message;
  EXPECT_EQ(object->name, "small");
  ASSERT_EQ(object->programs.size(), 1u);
  EXPECT_EQ(object->programs[0].name, "prog");
  EXPECT_EQ(object->programs[0].code.size(), 2u);
  EXPECT_TRUE(object->notes.empty());
}

TEST(ElfFile, WhatIsNoElfFileIsNamed) {
  expect_refusal({}, "not a BPF object: the file is empty");
  expect_refusal(text_bytes("int main() {\n"), "not a BPF object: it looks like text");
  expect_refusal(text_bytes("!<arch>\nx.o/"), "not a BPF object: it looks like an archive",
                 "take the object out of it with ar(1)");
  expect_refusal(text_bytes("BC\xc0\xde"), "not a BPF object: it looks like LLVM bitcode",
                 "compile it with `llc -march=bpf -filetype=obj`");
  expect_refusal(text_bytes("\x01\x02\x03"),
                 "not a BPF object: it does not begin as an ELF file does");
}

TEST(ElfFile, OtherElfFilesAreNamed) {
  ElfWriter x86 = small_object();
  x86.header.e_machine = EM_X86_64;
  const Bytes bytes = x86.finish();
  expect_refusal(bytes, "not a BPF object: its code is for x86-64");
  EXPECT_EQ(refusal(bytes).offset, 18u);

  ElfWriter unknown = small_object();
  unknown.header.e_machine = 4711;
  expect_refusal(unknown.finish(), "not a BPF object: its code is for machine 4711");

  ElfWriter big = small_object();
  big.header.e_ident[EI_DATA] = ELFDATA2MSB;
  big.header.e_machine = EM_BPF << 8;
  expect_refusal(big.finish(),
                 "not a BPF object: it is big-endian, and this machine is little-endian",
                 "compile with `clang -target bpfel`");

  ElfWriter narrow = small_object();
  narrow.header.e_ident[EI_CLASS] = ELFCLASS32;
  expect_refusal(narrow.finish(), "not a BPF object: it is a 32-bit ELF file");

  ElfWriter linked = small_object();
  linked.header.e_type = ET_DYN;
  expect_refusal(linked.finish(),
                 "not a BPF object: it is a shared library, not a relocatable file",
                 "give clang `-c`, and link objects with `bpftool gen object`");
}

TEST(ElfFile, WithoutSymbolsItSaysHowToKeepThem) {
  ElfWriter elf = small_object();
  elf.with_symbols = false;
  expect_refusal(elf.finish(), "the object has no symbols, so its programs and maps have no names",
                 "was it stripped; use `llvm-strip -g`, which keeps symbols, or do not strip it");
}

TEST(ElfFile, EveryCutOffFileIsRefused) {
  ElfWriter elf = small_object();
  const Bytes whole = elf.finish();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const auto object = read_object(cut, "x.o");
    ASSERT_FALSE(object) << size << " bytes";
    EXPECT_FALSE(object.error().hint.empty()) << object.error().message;
  }
}

// Whatever one byte becomes, the reader ends, and what it accepts is whole.
TEST(ElfFile, EveryChangedByteIsSurvived) {
  ElfWriter elf = small_object();
  const Bytes whole = elf.finish();
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xff}) {
      Bytes changed = whole;
      changed[at] ^= static_cast<std::byte>(change);
      const auto object = read_object(changed, "x.o");
      EXPECT_TRUE(object || !object.error().message.empty());
      accepted += object ? 1 : 0;
    }
  }
  EXPECT_GT(accepted, whole.size() / 2);
}

TEST(ElfFile, ASectionBeyondTheEndIsRefused) {
  ElfWriter elf = small_object();
  elf.section_header(1).sh_size = 1'000'000;
  const Error error = refusal(elf.finish());
  EXPECT_TRUE(error.message.starts_with("section 1 has 1000000 bytes, which end beyond the file's"))
      << error.message;
  EXPECT_EQ(error.offset, 64u);

  ElfWriter far = small_object();
  far.section_header(1).sh_offset = ~std::uint64_t{0};
  EXPECT_TRUE(
      refusal(far.finish()).message.starts_with("section 1 has 16 bytes, which end beyond"));
}

TEST(ElfFile, SectionsThatShareBytesAreRefused) {
  ElfWriter elf = small_object();
  const std::uint32_t data = elf.add_data(".data", Bytes(4096));
  elf.add_data(".data.again", {});
  elf.section_header(data + 1).sh_offset = 64;
  elf.section_header(data + 1).sh_size = 4096;
  expect_refusal(elf.finish(), "section 3 shares its bytes with another one", kDamagedHint);
}

TEST(ElfFile, CodeThatIsNotWholeInstructionsIsRefused) {
  ElfWriter elf;
  const std::uint32_t code =
      elf.add_section("tc", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR, Bytes(20));
  elf.add_symbol("prog", code, 0, 20, STT_FUNC);
  expect_refusal(elf.finish(),
                 "section `tc` is no code: 20 bytes are no whole number of instructions",
                 kDamagedHint);

  ElfWriter odd = small_object();
  odd.add_symbol("odd", 1, 4, 8, STT_FUNC);
  expect_refusal(odd.finish(),
                 "function `odd` is not whole instructions of section `tc`: 8 bytes at 4 of 16",
                 kDamagedHint);

  ElfWriter apart = small_object();
  apart.add_symbol("inside", 1, 8, 8, STT_FUNC);
  expect_refusal(apart.finish(), "functions `prog` and `inside` overlap", kDamagedHint);
}

TEST(ElfFile, RelocationsOfNothingAreRefused) {
  ElfWriter elf = small_object();
  elf.add_relocation(1, 0, 1, 77);
  expect_refusal(elf.finish(), "relocation 0 of `.rel` names symbol 77 of 2 and offset 0 of 16",
                 kDamagedHint);
  ElfWriter far = small_object();
  far.add_relocation(1, 160, 1, 1);
  EXPECT_FALSE(refusal(far.finish()).message.empty());
}

TEST(ElfFile, AHundredThousandSectionsAreReadQuickly) {
  ElfWriter elf = small_object();
  for (int i = 0; i < 100'000; ++i) elf.add_data("data" + std::to_string(i), Bytes(8));
  const auto code = std::vector{isa::alu64(isa::AluOp::kMov, isa::kR0, 7), isa::exit_program()};
  const std::uint32_t last = elf.add_code("xdp", code);
  elf.add_symbol("far", last, 0, 16, STT_FUNC);
  const Bytes bytes = elf.finish();

  const auto begin = std::chrono::steady_clock::now();
  const auto object = read_object(bytes, "many.o");
  const auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(object) << object.error().message;
  ASSERT_EQ(object->programs.size(), 2u);
  EXPECT_EQ(object->programs[1].name, "far");
  EXPECT_EQ(object->programs[1].type, ProgramType::kXdp);
  EXPECT_EQ(object->programs[1].code, code);
  EXPECT_LT(took, std::chrono::seconds(20)) << "what is quadratic takes minutes";
}

TEST(ElfFile, AHundredThousandProgramsOrMapsTakeNoLonger) {
  ElfWriter programs;
  const auto code = std::vector{isa::alu64(isa::AluOp::kMov, isa::kR0, 7), isa::exit_program()};
  for (int i = 0; i < 100'000; ++i) {
    const std::uint32_t section = programs.add_code("clasifier" + std::to_string(i), code);
    programs.add_symbol("f", section, 0, 16, STT_FUNC);
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto object = read_object(programs.finish(), "many.o");
  ASSERT_TRUE(object) << object.error().message;
  EXPECT_EQ(object->programs.size(), 100'000u);
  EXPECT_EQ(object->notes.size(), 20u);

  ElfWriter data = small_object();
  for (int i = 0; i < 100'000; ++i) data.add_data(".data." + std::to_string(i), Bytes(8));
  expect_refusal(data.finish(), "the object has 100000 maps, more than 4096",
                 "use one map with more entries");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(40));
}

}  // namespace
}  // namespace weir::object
