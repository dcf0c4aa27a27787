// The reader of types against libbpf's, over all types of this kernel.
#include "object/btf.h"

#include <bpf/btf.h>
#include <gtest/gtest.h>

#include <cstdarg>
#include <cstdio>
#include <iostream>
#include <memory>
#include <regex>

#include "object/c_type.h"
#include "support/test_objects.h"

namespace weir::difftest {
namespace {

using object::BtfId;
using object::BtfKind;

struct FreeBtf {
  void operator()(btf* types) const { btf__free(types); }
};

class KernelTypes : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::vector<std::byte> bytes = testing::read_file("/sys/kernel/btf/vmlinux");
    if (bytes.empty()) GTEST_SKIP() << "this kernel shows no BTF";
    auto read = object::Btf::parse(bytes);
    ASSERT_TRUE(read) << read.error().message;
    ours_ = std::move(*read);
    theirs_.reset(btf__new(bytes.data(), static_cast<std::uint32_t>(bytes.size())));
    ASSERT_TRUE(theirs_);
    ASSERT_EQ(ours_.type_count(), btf__type_cnt(theirs_.get()));
    ASSERT_GT(ours_.type_count(), 10'000u);
  }

  std::string_view name_at(std::uint32_t offset) const {
    return btf__name_by_offset(theirs_.get(), offset);
  }

  void expect_same_header(BtfId id, const btf_type* it) const {
    const object::BtfType& type = ours_.type(id);
    ASSERT_EQ(static_cast<int>(type.kind), btf_kind(it));
    ASSERT_EQ(type.name, name_at(it->name_off));
    ASSERT_EQ(type.count, btf_vlen(it));
    ASSERT_EQ(type.flag, btf_kflag(it));
    ASSERT_EQ(object::kind_info(type.kind).has_size ? type.size : type.target, it->size);
  }

  void expect_same_members(BtfId id, const btf_type* it) const {
    std::uint32_t i = 0;
    for (const object::BtfMember& row : ours_.members(id)) {
      const btf_member* other = btf_members(it) + i;
      ASSERT_EQ(row.name, name_at(other->name_off));
      ASSERT_EQ(row.type, other->type);
      ASSERT_EQ(row.bit_offset, btf_member_bit_offset(it, i));
      ASSERT_EQ(row.bit_size, btf_member_bitfield_size(it, i));
      ++i;
    }
    ASSERT_EQ(i, btf_is_composite(it) ? btf_vlen(it) : 0);
  }

  void expect_same_enumerators(BtfId id, const btf_type* it) const {
    std::uint32_t i = 0;
    for (const object::BtfEnumerator& row : ours_.enumerators(id)) {
      if (btf_is_enum64(it)) {
        ASSERT_EQ(row.name, name_at(btf_enum64(it)[i].name_off));
        ASSERT_EQ(row.value, btf_enum64_value(btf_enum64(it) + i));
      } else {
        ASSERT_EQ(row.name, name_at(btf_enum(it)[i].name_off));
        ASSERT_EQ(static_cast<std::int32_t>(row.value), btf_enum(it)[i].val);
      }
      ++i;
    }
    ASSERT_EQ(i, btf_is_any_enum(it) ? btf_vlen(it) : 0);
  }

  void expect_same_rest(BtfId id, const btf_type* it) const {
    std::uint32_t i = 0;
    for (const object::BtfParameter& row : ours_.parameters(id)) {
      ASSERT_EQ(row.name, name_at(btf_params(it)[i].name_off));
      ASSERT_EQ(row.type, btf_params(it)[i].type);
      ++i;
    }
    for (const object::BtfPlacement& row : ours_.placements(id)) {
      ASSERT_EQ(row.variable, btf_var_secinfos(it)[i].type);
      ASSERT_EQ(row.offset, btf_var_secinfos(it)[i].offset);
      ASSERT_EQ(row.size, btf_var_secinfos(it)[i].size);
      ++i;
    }
    if (btf_is_array(it)) {
      ASSERT_EQ(ours_.array(id).element, btf_array(it)->type);
      ASSERT_EQ(ours_.array(id).index, btf_array(it)->index_type);
      ASSERT_EQ(ours_.array(id).count, btf_array(it)->nelems);
    }
    if (btf_is_int(it)) {
      ASSERT_EQ(ours_.integer(id).bits, btf_int_bits(it));
      ASSERT_EQ(ours_.integer(id).bit_offset, btf_int_offset(it));
      ASSERT_EQ(ours_.integer(id).is_signed, (btf_int_encoding(it) & BTF_INT_SIGNED) != 0);
      ASSERT_EQ(ours_.integer(id).is_bool, (btf_int_encoding(it) & BTF_INT_BOOL) != 0);
    }
    if (btf_is_decl_tag(it)) {
      ASSERT_EQ(ours_.tagged_component(id), btf_decl_tag(it)->component_idx);
    }
    if (btf_is_var(it)) {
      ASSERT_EQ(static_cast<unsigned>(ours_.linkage(id)), btf_var(it)->linkage);
    }
    const std::int64_t size = btf__resolve_size(theirs_.get(), id);
    const auto our_size = ours_.size_of(id);
    ASSERT_EQ(our_size ? static_cast<std::int64_t>(*our_size) : -1, size < 0 ? -1 : size);
  }

  object::Btf ours_{object::BtfTables{}};
  std::unique_ptr<btf, FreeBtf> theirs_;
};

TEST_F(KernelTypes, AreThoseThatLibbpfReads) {
  for (BtfId id = 1; id < ours_.type_count(); ++id) {
    SCOPED_TRACE(id);
    const btf_type* it = btf__type_by_id(theirs_.get(), id);
    expect_same_header(id, it);
    expect_same_members(id, it);
    expect_same_enumerators(id, it);
    expect_same_rest(id, it);
    if (HasFatalFailure()) return;
  }
  std::cout << ours_.type_count() << " types compared\n";
}

TEST_F(KernelTypes, AreFoundWhereLibbpfFindsThem) {
  int found = 0;
  // Its search is a walk over all of them.
  for (BtfId id = 1; id < ours_.type_count(); id += 97) {
    const object::BtfType& type = ours_.type(id);
    if (type.name.empty()) continue;
    const int theirs = btf__find_by_name_kind(theirs_.get(), std::string(type.name).c_str(),
                                              static_cast<std::uint32_t>(type.kind));
    ASSERT_EQ(ours_.find(type.name, type.kind), static_cast<BtfId>(theirs)) << type.name;
    ++found;
  }
  EXPECT_GT(found, 100);
}

void append_text(void* out, const char* format, std::va_list arguments) {
  char text[4096];
  std::vsnprintf(text, sizeof text, format, arguments);
  *static_cast<std::string*>(out) += text;
}

TEST_F(KernelTypes, AreSpelledAsLibbpfSpellsThem) {
  std::string text;
  const std::unique_ptr<btf_dump, void (*)(btf_dump*)> dump(
      btf_dump__new(theirs_.get(), append_text, &text, nullptr), btf_dump__free);
  ASSERT_TRUE(dump);
  int compared = 0;
  for (BtfId id = 1; id < ours_.type_count(); ++id) {
    const BtfKind kind = ours_.kind(id);
    if (kind == BtfKind::kFunction || kind == BtfKind::kVariable || kind == BtfKind::kSection ||
        kind == BtfKind::kDeclTag) {
      continue;
    }
    const std::string ours = object::c_declaration(ours_, id, "it");
    // It leaves out qualifiers of arrays.
    if (is_modifier(kind) && ours_.kind(ours_.skip_modifiers(id)) == BtfKind::kArray) continue;
    // It writes out what has no name, and names parameters.
    if (ours.find("(anonymous)") != std::string::npos) continue;
    if (ours.find(")(") != std::string::npos || ours.find("it(") != std::string::npos) continue;
    text.clear();
    btf_dump_emit_type_decl_opts options = {};
    options.sz = sizeof options;
    options.field_name = "it";
    ASSERT_EQ(btf_dump__emit_type_decl(dump.get(), id, &options), 0);
    // The kernel's style has a blank behind a star.
    for (std::size_t at = 0; (at = text.find("* ", at)) != std::string::npos;)
      text.erase(at + 1, 1);
    // Of several types with one name it numbers those after the first; it writes tags.
    static const std::regex kAdditions(
        "___[0-9]+\\b|"
        R"( ?__attribute__\(\(btf_type_tag\("[^"]*"\)\)\))");
    ASSERT_EQ(std::regex_replace(ours, kAdditions, ""), std::regex_replace(text, kAdditions, ""))
        << id;
    ++compared;
  }
  std::cout << compared << " spellings compared\n";
  EXPECT_GT(compared, 10'000);
}

}  // namespace
}  // namespace weir::difftest
