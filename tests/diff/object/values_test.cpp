// Values in words against bpftool: the same bytes in a map of the kernel.
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "diff/isa/command_output.h"
#include "diff/isa/kernel_program.h"
#include "diff/object/core_object.h"
#include "object/btf_values.h"
#include "object/core_members.h"
#include "support/temporary_folder.h"

namespace weir::difftest {
namespace {

constexpr int kEntries = 40;

// Random, but that small numbers, zeros and letters are frequent. Without the two characters that
// bpftool 7.1 writes wrongly into a string.
std::vector<std::byte> random_value(std::size_t size, std::mt19937& random) {
  std::vector<std::byte> out(size);
  for (std::byte& byte : out) {
    const unsigned kind = random() % 4;
    if (kind == 1) byte = static_cast<std::byte>(random() % 3);
    if (kind == 2) byte = static_cast<std::byte>(' ' + random() % 95);
    if (kind == 3) byte = static_cast<std::byte>(random() % 256);
    if (byte == std::byte{'\\'} || byte == std::byte{'\''}) byte = std::byte{'.'};
  }
  return out;
}

TEST(ValuesWithBpftool, AreShownAlike) {
  if (const std::string reason = no_bpf_reason(); !reason.empty()) GTEST_SKIP() << reason;
  if (!command_output("bpftool version")) GTEST_SKIP() << "bpftool is not installed";
  if (!command_output("clang-19 --version")) GTEST_SKIP() << "clang-19 is not installed";
  const auto bytes = compile_object("core_values.bpf.c", test::temporary_path("core_values.o"));
  ASSERT_TRUE(bytes);
  libbpf_set_print(nullptr);
  const std::unique_ptr<bpf_object, void (*)(bpf_object*)> kernel(
      bpf_object__open_mem(bytes->data(), bytes->size(), nullptr), bpf_object__close);
  ASSERT_TRUE(kernel);
  ASSERT_EQ(bpf_object__load(kernel.get()), 0);
  const bpf_map* map = bpf_object__find_map_by_name(kernel.get(), "values");
  ASSERT_NE(map, nullptr);

  const CoreObject object(*bytes);
  const auto type = object.types().find("value", object::BtfKind::kStruct);
  ASSERT_TRUE(type);
  const auto zeros = object::find_member(object.types(), *type, "zeros");
  ASSERT_TRUE(zeros);
  std::mt19937 random(5);
  std::vector<std::vector<std::byte>> values;
  for (int key = 0; key < kEntries; ++key) {
    values.push_back(random_value(bpf_map__value_size(map), random));
    // It reads a bool as an int.
    std::ranges::fill_n(values.back().begin() + static_cast<long>(zeros->bit_offset / 8), 3,
                        std::byte{0});
    ASSERT_EQ(bpf_map_update_elem(bpf_map__fd(map), &key, values.back().data(), BPF_ANY), 0);
  }
  bpf_map_info info = {};
  std::uint32_t length = sizeof info;
  ASSERT_EQ(bpf_obj_get_info_by_fd(bpf_map__fd(map), &info, &length), 0);
  const auto dump = command_output("bpftool -j map dump id " + std::to_string(info.id));
  ASSERT_TRUE(dump);
  const auto rows = nlohmann::json::parse(*dump);
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(kEntries));

  for (int key = 0; key < kEntries; ++key) {
    const auto ours = object::format_value(
        object.types(), *type, values[static_cast<std::size_t>(key)], object::ValueStyle::kJson);
    ASSERT_TRUE(ours) << ours.error().message;
    EXPECT_EQ(nlohmann::json::parse(*ours),
              rows[static_cast<std::size_t>(key)]["formatted"]["value"])
        << *ours;
  }
}

}  // namespace
}  // namespace weir::difftest
