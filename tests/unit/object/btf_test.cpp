#include "object/btf.h"

#include <gtest/gtest.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "harness/btf_writer.h"
#include "object/c_type.h"

namespace weir::object {
namespace {

using Kind = BtfKind;

Btf parsed(const test::BtfWriter& writer) {
  auto btf = Btf::parse(writer.bytes());
  if (!btf) throw std::runtime_error(btf.error().message);
  return std::move(*btf);
}

std::string refusal(std::span<const std::byte> bytes) {
  const auto btf = Btf::parse(bytes);
  return btf ? "accepted" : btf.error().message;
}

TEST(Btf, OfNoTypesHasVoidAlone) {
  const Btf btf = parsed(test::BtfWriter());
  EXPECT_EQ(btf.type_count(), 1u);
  EXPECT_EQ(btf.kind(kVoidId), Kind::kVoid);
  EXPECT_FALSE(btf.has(1));
  EXPECT_FALSE(btf.size_of(kVoidId));
}

TEST(Btf, KeepsMembersWithTheirBits) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  const auto plain =
      writer.composite(Kind::kStruct, "plain", 8, {{"a", number, 0}, {"b", number, 32}});
  const auto packed = writer.composite(Kind::kUnion, "packed", 4,
                                       {{"c", number, 3u << 24 | 5}, {"", plain, 0}}, true);
  const Btf btf = parsed(writer);
  ASSERT_EQ(btf.members(plain).size(), 2u);
  EXPECT_EQ(btf.members(plain)[1].name, "b");
  EXPECT_EQ(btf.members(plain)[1].bit_offset, 32u);
  EXPECT_EQ(btf.members(plain)[1].bit_size, 0u);
  EXPECT_EQ(btf.members(packed)[0].bit_offset, 5u);
  EXPECT_EQ(btf.members(packed)[0].bit_size, 3u);
  EXPECT_EQ(btf.members(packed)[1].name, "");
  EXPECT_TRUE(btf.members(number).empty());
  EXPECT_TRUE(btf.enumerators(plain).empty());
  EXPECT_TRUE(btf.integer(number).is_signed);
  EXPECT_EQ(btf.integer(number).bits, 32);
}

TEST(Btf, ExtendsTheSignOfEnumeratorsOnlyWhereTheEnumHasOne) {
  test::BtfWriter writer;
  const auto is_signed = writer.enumeration("s", 4, {{"MINUS", 0xffffffff}}, true);
  const auto is_unsigned = writer.enumeration("u", 4, {{"MAX", 0xffffffff}});
  const auto wide = writer.type(Kind::kEnum64, "w", 8, 1);
  writer.word(writer.string("WIDE"));
  writer.word(2);
  writer.word(1);
  const Btf btf = parsed(writer);
  EXPECT_EQ(btf.enumerators(is_signed)[0].value, ~std::uint64_t{0});
  EXPECT_EQ(btf.enumerators(is_unsigned)[0].value, 0xffffffffu);
  EXPECT_EQ(btf.enumerators(wide)[0].value, 0x1'0000'0002u);
}

TEST(Btf, ResolvesSizesThroughArraysAndModifiers) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  const auto inner = writer.array(number, 3);
  const auto name = writer.type(Kind::kTypedef, "triple", inner);
  const auto outer = writer.array(writer.type(Kind::kConst, {}, name), 5);
  const auto pointers = writer.array(writer.pointer(outer), 2);
  const auto huge = writer.array(writer.array(writer.array(number, ~0u), ~0u), ~0u);
  const auto declared = writer.type(Kind::kForward, "later", 0);
  const Btf btf = parsed(writer);
  EXPECT_EQ(btf.size_of(outer), 60u);
  EXPECT_EQ(btf.size_of(pointers), 16u);
  EXPECT_EQ(btf.size_of(huge).error().message,
            "`int[4294967295][4294967295][4294967295]` is larger than any memory");
  EXPECT_EQ(btf.size_of(declared).error().message, "`struct later` has no size");
  EXPECT_EQ(btf.resolve(btf.array(outer).element), inner);
  EXPECT_EQ(btf.skip_modifiers(btf.array(outer).element), name);
}

TEST(Btf, FindsTypesByNameAndKindAndFlavor) {
  test::BtfWriter writer;
  const auto first = writer.composite(Kind::kStruct, "task___old", 4, {});
  const auto second = writer.composite(Kind::kStruct, "task", 4, {});
  const auto third = writer.type(Kind::kTypedef, "task", second);
  writer.composite(Kind::kStruct, "task__two", 4, {});
  const Btf btf = parsed(writer);
  EXPECT_EQ(btf.find("task", Kind::kStruct), second);
  EXPECT_EQ(btf.find("task", Kind::kTypedef), third);
  EXPECT_EQ(btf.find("task___old", Kind::kStruct), first);
  EXPECT_EQ(btf.find("task", Kind::kUnion), std::nullopt);
  EXPECT_EQ(btf.find("", Kind::kStruct), std::nullopt);
  EXPECT_EQ(btf.find_flavors("task___new"), (std::vector<BtfId>{first, second, third}));
}

TEST(EssentialName, EndsAtTheLastThreeUnderscores) {
  EXPECT_EQ(essential_name("task___old"), "task");
  EXPECT_EQ(essential_name("a___b___c"), "a___b");
  EXPECT_EQ(essential_name("task____old"), "task____old");
  EXPECT_EQ(essential_name("___old"), "___old");
  EXPECT_EQ(essential_name("task___"), "task___");
  EXPECT_EQ(essential_name("t___o"), "t");
  EXPECT_EQ(essential_name(""), "");
}

TEST(Btf, OfAModuleGoesOnWhereItsBaseEnds) {
  test::BtfWriter base;
  const auto number = base.integer("int", 4, true);
  const auto thing = base.composite(Kind::kStruct, "thing", 4, {{"n", number, 0}});
  test::BtfWriter module(thing + 1, base.string_bytes());
  const auto own = module.composite(Kind::kStruct, "own", 8, {{"t", thing, 0}, {"m", number, 32}});
  const auto shared = std::make_shared<const Btf>(parsed(base));
  const auto btf = Btf::parse(module.bytes(), shared);
  ASSERT_TRUE(btf) << btf.error().message;
  EXPECT_EQ(btf->type_count(), own + 1);
  EXPECT_EQ(btf->first_own(), own);
  EXPECT_EQ(btf->find("own", Kind::kStruct), own);
  EXPECT_EQ(btf->find("thing", Kind::kStruct), thing);
  EXPECT_EQ(btf->members(own)[0].type, thing);
  EXPECT_EQ(btf->members(thing)[0].name, "n");
  EXPECT_FALSE(Btf::parse(module.bytes())) << "without its base";
}

TEST(Btf, OfBigEndianMachinesIsRefusedWithTheReason) {
  std::vector<std::byte> bytes = test::BtfWriter().bytes();
  std::swap(bytes[0], bytes[1]);
  const auto btf = Btf::parse(bytes);
  ASSERT_FALSE(btf);
  EXPECT_EQ(btf.error().message, ".BTF is that of a big-endian machine");
  EXPECT_EQ(btf.error().kind, ErrorKind::kUnsupported);
}

TEST(Btf, ThatIsBrokenIsRefusedWithThePlace) {
  {
    test::BtfWriter writer;
    writer.pointer(2);
    EXPECT_EQ(refusal(writer.bytes()), "broken BTF: a pointer is of type 2 of 2");
  }
  {
    test::BtfWriter writer;
    writer.type(Kind{20}, "x", 0);
    EXPECT_EQ(refusal(writer.bytes()), "broken BTF: type 1 is of the unknown kind 20");
    EXPECT_EQ(Btf::parse(writer.bytes()).error().offset, 24u);
  }
  {
    test::BtfWriter writer;
    writer.type(Kind::kStruct, "x", 0, 3);
    EXPECT_EQ(refusal(writer.bytes()),
              "broken BTF: type 1, a struct, has 3 rows and ends after 0 bytes");
  }
  {
    test::BtfWriter writer;
    const auto number = writer.integer("int", 4);
    writer.type(Kind::kStruct, {}, 4, 1);
    writer.word(77);
    writer.word(number);
    writer.word(0);
    EXPECT_EQ(refusal(writer.bytes()),
              "broken BTF: type 2, a struct, has its name at 77 in 5 bytes of names");
  }
  {
    test::BtfWriter writer;
    writer.type(Kind::kTypedef, "loop", 1);
    EXPECT_EQ(refusal(writer.bytes()),
              "broken BTF: type 1, `loop`, leads through more than 64 others");
  }
  {
    test::BtfWriter writer;
    writer.array(1, 2);
    EXPECT_EQ(refusal(writer.bytes()), "broken BTF: type 1, ``, leads through more than 64 others");
  }
  {
    test::BtfWriter writer;
    writer.type(Kind::kPointer, {}, 0, 1);
    EXPECT_EQ(refusal(writer.bytes()),
              "broken BTF: type 1, a pointer, has rows, which its kind does not have");
  }
}

TEST(Btf, CutAnywhereIsRefused) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  writer.composite(Kind::kStruct, "s", 8, {{"a", number, 0}, {"b", number, 32}});
  const std::vector<std::byte> whole = writer.bytes();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(Btf::parse(std::span(whole).first(length))) << length;
  }
}

TEST(Btf, WithAnyByteChangedIsReadOrRefused) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  const auto list = writer.array(number, 4);
  const auto thing = writer.composite(Kind::kStruct, "s", 20, {{"a", number, 0}, {"b", list, 32}});
  writer.prototype(number, {{"x", writer.pointer(thing)}});
  const std::vector<std::byte> whole = writer.bytes();
  int read = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      std::vector<std::byte> bytes = whole;
      bytes[i] = static_cast<std::byte>(value);
      const auto btf = Btf::parse(bytes);
      if (!btf) continue;
      ++read;
      for (BtfId id = 0; id < btf->type_count(); ++id) {
        EXPECT_LT(c_spelling(*btf, id).size(), 10'000u);
        (void)btf->size_of(id);
      }
    }
  }
  EXPECT_GT(read, 1000);
}

TEST(Spelling, IsThatOfC) {
  test::BtfWriter writer;
  const auto number = writer.integer("int", 4, true);
  const auto letter = writer.integer("char", 1, true);
  const auto text = writer.array(letter, 100);
  const auto thing = writer.composite(Kind::kStruct, "X", 4, {});
  const auto to_thing = writer.pointer(thing);
  const auto constant = writer.type(Kind::kConst, {}, letter);
  const auto fixed = writer.type(Kind::kConst, {}, writer.pointer(constant));
  const auto call = writer.pointer(writer.prototype(number, {{"x", to_thing}, {"", kVoidId}}));
  const auto grid = writer.array(writer.array(number, 3), 2);
  const auto nothing = writer.prototype(kVoidId, {});
  const auto later = writer.type(Kind::kForward, "later", 0, 0, true);
  const Btf btf = parsed(writer);
  EXPECT_EQ(c_spelling(btf, text), "char[100]");
  EXPECT_EQ(c_declaration(btf, text, "name"), "char name[100]");
  EXPECT_EQ(c_spelling(btf, to_thing), "struct X *");
  EXPECT_EQ(c_declaration(btf, to_thing, "x"), "struct X *x");
  EXPECT_EQ(c_spelling(btf, fixed), "const char *const");
  EXPECT_EQ(c_declaration(btf, fixed, "p"), "const char *const p");
  EXPECT_EQ(c_spelling(btf, call), "int (*)(struct X *, ...)");
  EXPECT_EQ(c_declaration(btf, call, "f"), "int (*f)(struct X *, ...)");
  EXPECT_EQ(c_spelling(btf, grid), "int[2][3]");
  EXPECT_EQ(c_declaration(btf, nothing, "f"), "void f(void)");
  EXPECT_EQ(c_spelling(btf, later), "union later");
  EXPECT_EQ(c_spelling(btf, kVoidId), "void");
}

TEST(Spelling, OfAPointerToItselfEnds) {
  test::BtfWriter writer;
  writer.pointer(1);
  EXPECT_TRUE(c_spelling(parsed(writer), 1).starts_with("..."));
}

TEST(Btf, OfThisKernelIsReadQuickly) {
  std::ifstream file("/sys/kernel/btf/vmlinux", std::ios::binary);
  if (!file) GTEST_SKIP() << "this kernel shows no BTF";
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  // Of this process, which others do not slow down.
  const auto cpu_us = [] { return std::clock() * 1'000'000 / CLOCKS_PER_SEC; };
  const auto start = cpu_us();
  const auto btf = Btf::parse(std::as_bytes(std::span(text)));
  const auto read = cpu_us();
  ASSERT_TRUE(btf) << btf.error().message;
  EXPECT_TRUE(btf->find("task_struct", Kind::kStruct));
  const auto found = cpu_us();
  std::cout << text.size() << " bytes, " << btf->type_count() << " types: read in " << read - start
            << " us, first search " << found - read << " us\n";
  EXPECT_LT(read - start, 1'000'000) << "even with sanitizers";
}

}  // namespace
}  // namespace weir::object
