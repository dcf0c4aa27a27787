// Definitions in `.maps` that are wrong, by types that are written here; right ones are compared
// with libbpf's in tests/diff/object.
#include <gtest/gtest.h>

#include <string>

#include "harness/btf_writer.h"
#include "harness/elf_writer.h"
#include "object/read.h"

namespace weir::object {
namespace {

using test::BtfRow;
using test::BtfWriter;
using test::ElfWriter;

constexpr std::uint32_t kMapHash = 1;
constexpr std::uint32_t kMapProgArray = 3;
constexpr std::uint32_t kMapArrayOfMaps = 12;

// Writes an object with one map, `m`, whose definition has these attributes.
class Definition {
 public:
  Definition() { word_ = btf_.integer("unsigned int", 4); }

  Definition& number(std::string_view name, std::uint32_t value) {
    return attribute(name, btf_.pointer(btf_.array(word_, value)));
  }
  Definition& type(std::string_view name, std::uint32_t type) {
    return attribute(name, btf_.pointer(type));
  }
  Definition& attribute(std::string_view name, std::uint32_t type) {
    rows_.push_back({name, type, static_cast<std::uint32_t>(rows_.size() * 64)});
    return *this;
  }

  BtfWriter& btf() { return btf_; }
  std::uint32_t word() const { return word_; }

  Result<Object> read() {
    const auto bytes = static_cast<std::uint32_t>(rows_.size() * 8);
    const std::uint32_t definition = btf_.composite(BtfWriter::Kind::kStruct, {}, bytes, rows_);
    const std::uint32_t variable = btf_.type(BtfWriter::Kind::kVariable, "m", definition);
    btf_.word(1);
    btf_.type(BtfWriter::Kind::kSection, ".maps", 0, 1);
    for (const std::uint32_t word : {variable, 0U, bytes}) btf_.word(word);
    ElfWriter elf;
    const std::uint32_t section = elf.add_data(".maps", ElfWriter::Bytes(bytes));
    elf.add_symbol("m", section, 0, bytes, STT_OBJECT);
    elf.add_section(".BTF", SHT_PROGBITS, 0, btf_.bytes());
    return read_object(elf.finish(), "x.o");
  }

  std::string refusal() {
    const auto object = read();
    EXPECT_FALSE(object);
    if (object) return {};
    EXPECT_FALSE(object.error().hint.empty());
    return object.error().message + "; " + object.error().hint;
  }

 private:
  BtfWriter btf_;
  std::uint32_t word_ = 0;
  std::vector<BtfRow> rows_;
};

TEST(BtfMaps, AreReadFromTheirAttributes) {
  Definition m;
  m.number("type", kMapHash)
      .type("key", m.word())
      .number("value_size", 16)
      .number("max_entries", 9);
  const auto object = m.read();
  ASSERT_TRUE(object) << object.error().message;
  ASSERT_EQ(object->maps.size(), 1u);
  EXPECT_EQ(object->maps[0].type, MapType::kHash);
  EXPECT_EQ(object->maps[0].key_size, 4u);
  EXPECT_EQ(object->maps[0].key_type, m.word());
  EXPECT_EQ(object->maps[0].value_size, 16u);
  EXPECT_EQ(object->maps[0].max_entries, 9u);
}

TEST(BtfMaps, MayHaveNumbersOf64Bits) {
  Definition m;
  const std::uint32_t big = m.btf().type(BtfWriter::Kind::kEnum64, {}, 8, 1);
  m.btf().word(m.btf().string("value"));
  m.btf().word(5);
  m.btf().word(1);
  m.number("type", kMapHash).type("map_extra", big);
  const auto object = m.read();
  ASSERT_TRUE(object) << object.error().message;
  EXPECT_EQ(object->maps[0].extra, 0x1'0000'0005u);
}

TEST(BtfMaps, WithUnknownAttributesAreRefused) {
  EXPECT_EQ(Definition().number("type", kMapHash).number("max_entris", 4).refusal(),
            "map `m`: there is no attribute `max_entris`; did you mean `max_entries`");
  EXPECT_EQ(Definition().number("type", 77).refusal(),
            "map `m`: there is no map type 77; the highest that is known is 33, arena");
  EXPECT_EQ(Definition().number("max_entries", 4).refusal(),
            "map `m`: it has no type; add `__uint(type, BPF_MAP_TYPE_HASH)`, or another type");
}

TEST(BtfMaps, WhoseAttributesAreOfAnotherKindAreRefused) {
  Definition plain;
  plain.attribute("max_entries", plain.word());
  EXPECT_EQ(plain.refusal(), "map `m`: `max_entries` is no number; write `__uint(max_entries, N)`");
  Definition typed;
  typed.number("type", kMapHash).attribute("key", typed.word());
  EXPECT_EQ(typed.refusal(), "map `m`: `key` is no type; write `__type(key, struct name)`");
  Definition sizes;
  sizes.number("type", kMapHash).number("key_size", 8).type("key", sizes.word());
  EXPECT_EQ(sizes.refusal(),
            "map `m`: its key has 8 bytes here and 4 there; give one of `key` and `key_size`");
  EXPECT_EQ(Definition().number("type", kMapHash).number("pinning", 2).refusal(),
            "map `m`: there is no kind of pinning 2; use LIBBPF_PIN_BY_NAME for a map that is not "
            "inside of another, or no pinning");
}

TEST(BtfMaps, WhoseValuesAreWrongAreRefused) {
  Definition hash;
  hash.number("type", kMapHash).attribute("values", hash.btf().array(hash.word(), 0));
  EXPECT_EQ(
      hash.refusal(),
      "map `m`: `values` is for maps of maps and of programs, and not for inner maps; put `type` "
      "before `values`, or remove `values`");
  Definition outer;
  outer.number("type", kMapArrayOfMaps).attribute("values", outer.btf().array(outer.word(), 0));
  EXPECT_TRUE(outer.refusal().starts_with("map `m`: `values` is no array of what the map holds; "));
  Definition last;
  const std::uint32_t function = last.btf().pointer(last.btf().prototype(0, {}));
  last.number("type", kMapProgArray)
      .attribute("values", last.btf().array(function, 0))
      .number("max_entries", 1);
  EXPECT_EQ(last.refusal(), "map `m`: `values` is not its last attribute; move it to the end");
}

// An inner map that holds itself would never end.
TEST(BtfMaps, HaveOneInnerMapAndNoMore) {
  Definition m;
  BtfWriter& btf = m.btf();
  const std::uint32_t type = btf.pointer(btf.array(m.word(), kMapArrayOfMaps));
  // The inner struct is the second type after its array and pointer, which name it.
  const std::uint32_t pointer = btf.pointer(type + 3);
  const std::uint32_t values = btf.array(pointer, 0);
  const std::uint32_t inner =
      btf.composite(BtfWriter::Kind::kStruct, {}, 16, {{"type", type, 0}, {"values", values, 64}});
  ASSERT_EQ(inner, type + 3);
  m.attribute("type", type).attribute("values", values);
  EXPECT_TRUE(m.refusal().starts_with("map `m.inner`: `values` is for maps of maps"));
}

TEST(BtfMaps, WithoutTypesAreRefused) {
  ElfWriter elf;
  const std::uint32_t section = elf.add_data(".maps", ElfWriter::Bytes(32));
  elf.add_symbol("m", section, 0, 32, STT_OBJECT);
  const auto object = read_object(elf.finish(), "x.o");
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().message,
            "section `.maps` defines maps, but the types that describe them (BTF) are missing");
  EXPECT_EQ(object.error().hint,
            "compile with `-g`, and strip with `llvm-strip -g`, which keeps BTF");
}

TEST(StructOps, AreRefusedByName) {
  ElfWriter elf;
  elf.add_data(".struct_ops", ElfWriter::Bytes(8));
  const auto object = read_object(elf.finish(), "x.o");
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().kind, ErrorKind::kUnsupported);
  EXPECT_EQ(object.error().message,
            "section `.struct_ops` replaces operations of the kernel (struct_ops)");
}

}  // namespace
}  // namespace weir::object
