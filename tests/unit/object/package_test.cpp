// Packages: what is written, what is read back, and what is refused with which reason.
#include "object/package.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "object/base64.h"
#include "object/deflate.h"
#include "object/read.h"
#include "support/test_objects.h"

namespace weir::object {
namespace package_testing {
namespace {

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto* const begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

Package small_package() {
  Package package;
  package.object = bytes_of("not an object, but bytes all the same");
  package.object_name = "tc_bpf";
  return package;
}

std::string packed(std::string_view content) {
  return base64_encode(deflate_bytes(bytes_of(content)));
}

// A package with these parts, which are JSON.
std::string text_of(std::string_view object, std::string_view size, std::string_view meta) {
  return std::string(R"({"bpf_object":")")
      .append(object)
      .append(R"(","bpf_object_size":)")
      .append(size)
      .append(R"(,"meta":)")
      .append(meta)
      .append("}");
}

std::string with_skeleton(std::string_view skeleton) {
  return text_of(packed("abc"), "3", std::string(R"({"bpf_skel":)").append(skeleton).append("}"));
}

constexpr std::string_view kMeta = R"({"bpf_skel":{"obj_name":"x"}})";

void expect_refused(const std::string& text, std::string_view message) {
  const auto package = read_package(text);
  ASSERT_FALSE(package) << message;
  EXPECT_EQ(package.error().message, message);
  EXPECT_FALSE(package.error().hint.empty());
}

TEST(Base64, HasTheVectorsOfItsRfc) {
  constexpr std::pair<std::string_view, std::string_view> kVectors[] = {{"", ""},
                                                                        {"f", "Zg=="},
                                                                        {"fo", "Zm8="},
                                                                        {"foo", "Zm9v"},
                                                                        {"foob", "Zm9vYg=="},
                                                                        {"fooba", "Zm9vYmE="},
                                                                        {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, text] : kVectors) {
    EXPECT_EQ(base64_encode(bytes_of(plain)), text);
    const auto bytes = base64_decode(text);
    ASSERT_TRUE(bytes) << text;
    EXPECT_EQ(*bytes, bytes_of(plain));
  }
}

TEST(Base64, KeepsEveryByteInEveryPlace) {
  for (std::size_t length = 0; length < 4; ++length) {
    for (int value = 0; value < 256; ++value) {
      std::vector<std::byte> bytes(length, static_cast<std::byte>(255 - value));
      bytes.push_back(static_cast<std::byte>(value));
      EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
    }
  }
}

TEST(Base64, RefusesWhatTheEncoderNeverWrites) {
  for (const std::string_view text : {"Zg", "Zg=", "Z===", "====", "Zh==", "Zm9=", "Zm\n=", "Z=9v",
                                      "Zg==Zg==", "Zm9_", "Zm9v "}) {
    const auto bytes = base64_decode(text);
    ASSERT_FALSE(bytes) << text;
    EXPECT_TRUE(bytes.error().offset.has_value()) << text;
    EXPECT_LE(*bytes.error().offset, text.size());
  }
}

TEST(Deflate, GivesBackWhatWentIn) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * i);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, text.size()}) {
    const auto bytes = bytes_of(std::string_view(text).substr(0, size));
    EXPECT_EQ(inflate_bytes(deflate_bytes(bytes), size), bytes) << size;
  }
  const auto zeros = std::vector<std::byte>(1 << 20);
  EXPECT_EQ(inflate_bytes(deflate_bytes(zeros), zeros.size()), zeros);
}

TEST(Package, ReadsBackAllThatItWrites) {
  Package package = small_package();
  package.doc = {{.name = "brief", .json = R"("counts")"}};
  package.sections = {
      {.name = ".rodata",
       .variables = {{.name = "port",
                      .type = "unsigned short",
                      .attributes = {{.name = "cmdarg", .json = R"({"default":80})"}}}}}};
  package.maps = {{.name = "tc_bpf.rodata", .ident = "rodata", .mmaped = true, .attributes = {}},
                  {.name = "counts",
                   .ident = "counts",
                   .attributes = {{.name = "sample", .json = R"({"interval":1000})"}}}};
  package.programs = {{.name = "tc_ingress",
                       .attach = "tc",
                       .attributes = {{.name = "tchook", .json = R"({"ifindex":1})"}}}};
  package.export_types = {
      {.name = "event", .size = 8, .type_id = 7, .members = {{.name = "pid", .type = "int"}}}};
  package.eunomia_version = "0.3.4";
  package.perf_buffer_pages = 1;
  package.perf_buffer_time_ms = 2;
  package.poll_timeout_ms = 3;
  package.debug_verbose = true;
  package.print_header = true;
  package.enable_multiple_export_types = true;
  const std::string text = write_package(package);
  const auto back = read_package(text);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(*back == package);
  EXPECT_EQ(write_package(*back), text);
}

TEST(Package, OfALessonIsAsEccWritesIt) {
  const auto bytes = testing::test_object("tc_lesson-clang19-v3");
  if (bytes.empty()) GTEST_SKIP() << testing::kNoObjects;
  const auto object = read_object(bytes, "tc.bpf.o");
  ASSERT_TRUE(object) << object.error().message;
  const AnnotatedDeclaration ingress{
      .kind = DeclarationKind::kFunction,
      .name = "tc_ingress",
      .annotations = {{.name = "tcopts", .json = R"({"handle":1,"priority":1})", .range = {}},
                      {.name = "tchook",
                       .json = R"({"attach_point":"BPF_TC_INGRESS","ifindex":1})",
                       .range = {}}}};
  const std::string text =
      write_package(make_package(*object, bytes, "build/tc.bpf.o", std::span(&ingress, 1)));
  EXPECT_EQ(
      text.substr(text.find("\"bpf_object_size\"")),
      "\"bpf_object_size\":" + std::to_string(bytes.size()) +
          R"(,"meta":{"bpf_skel":{"data_sections":[],"maps":[{"ident":"rodata",)"
          R"("name":"tc_bpf.rodata"}],"obj_name":"tc_bpf","progs":[{"attach":"tc",)"
          R"("link":true,"name":"tc_ingress","tchook":{"attach_point":"BPF_TC_INGRESS",)"
          R"("ifindex":1},"tcopts":{"handle":1,"priority":1}}]},"eunomia_version":"0.3.4"}})");
  // zlib's header, 78 9c.
  EXPECT_TRUE(text.starts_with(R"({"bpf_object":"eJ)")) << text.substr(0, 20);
  const auto back = read_package(text);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->object, bytes);
}

TEST(Package, HasTheGlobalVariablesOfAnObject) {
  const auto bytes = testing::test_object("data-clang19-v3");
  if (bytes.empty()) GTEST_SKIP() << testing::kNoObjects;
  const auto object = read_object(bytes, "data.bpf.o");
  ASSERT_TRUE(object) << object.error().message;
  const Package package = make_package(*object, bytes, "data.bpf.o");
  std::vector<std::string> lines;
  for (const PackageSection& section : package.sections) {
    for (const PackageVariable& variable : section.variables)
      lines.push_back(section.name + ": " + variable.type + " " + variable.name);
  }
  std::ranges::sort(lines);
  const std::vector<std::string> expected{
      ".bss: __u64[100] table",      ".bss: int counted",          ".data.special: int special",
      ".data: struct pair[3] pairs", ".rodata.limits: long limit", ".rodata: char[8] name",
      ".rodata: unsigned short port"};
  EXPECT_EQ(lines, expected);
  const auto bss = std::ranges::find(package.maps, "bss", &PackageMap::ident);
  ASSERT_NE(bss, package.maps.end());
  EXPECT_EQ(bss->name, "data_bpf.bss");
  EXPECT_TRUE(bss->mmaped);
  const auto limits = std::ranges::find(package.maps, "rodata_limits", &PackageMap::ident);
  ASSERT_NE(limits, package.maps.end());
  EXPECT_EQ(limits->name, ".rodata.limits");
}

TEST(Package, ReadsWhatOldAndOtherWritersLeaveOut) {
  const auto package = read_package(with_skeleton(
      R"({"obj_name":"old","maps":null,"new":1,"data_sections":[{"name":".bss","align":8,"variables":[)"
      R"({"name":"__padding","size":4,"name":"pid","type":"int","offset":0,"value":3}]}],)"
      R"("progs":[{"name":"handle","link":true}]})"));
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_TRUE(package->maps.empty());
  EXPECT_EQ(package->programs.at(0).attach, "");
  const PackageVariable expected{
      .name = "pid", .type = "int", .attributes = {{.name = "value", .json = "3"}}};
  EXPECT_TRUE(package->sections.at(0).variables.at(0) == expected);
  EXPECT_EQ(package->poll_timeout_ms, 100u);
  EXPECT_TRUE(read_package(
      text_of(packed("abc"), "3", R"({"bpf_skel":{"obj_name":"x"},"export_types":{"event":{}}})")));
}

TEST(Package, NamesThePartThatIsWrong) {
  const auto refused = [](std::string_view skeleton, std::string_view message) {
    expect_refused(with_skeleton(skeleton), message);
  };
  refused(R"({})", "`meta.bpf_skel.obj_name` is missing");
  refused(R"([])", "`meta.bpf_skel` is no object");
  refused(R"({"obj_name":1})", "`meta.bpf_skel.obj_name` is no string");
  refused(R"({"obj_name":"x","maps":{}})", "`meta.bpf_skel.maps` is no array");
  refused(R"({"obj_name":"x","progs":[{"name":"a"},{}]})",
          "`meta.bpf_skel.progs[1].name` is missing");
  refused(R"({"obj_name":"x","progs":[3]})", "`meta.bpf_skel.progs[0]` is no object");
  refused(R"({"obj_name":"x","maps":[{"name":"a","ident":"a","mmaped":1}]})",
          "`meta.bpf_skel.maps[0].mmaped` is neither true nor false");
  expect_refused("[]", "the package is no object of JSON");
  expect_refused("{}", "`bpf_object` is missing");
  expect_refused(text_of("", "-1", kMeta), "`bpf_object_size` is no number from 0 to 4294967295");
}

TEST(Package, SaysWhereTheTextIsNotJson) {
  const std::string text = write_package(small_package());
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto package = read_package(std::string_view(text).substr(0, size));
    ASSERT_FALSE(package) << size;
    ASSERT_TRUE(package.error().offset.has_value()) << size;
    EXPECT_LE(*package.error().offset, size);
  }
  const auto odd = read_package(R"({"bpf_object":?})");
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().offset, 14u);
  expect_refused(R"({"meta":1e999})", "the package has a number that is too large");
  expect_refused(std::string(100'000, '['), "the package is nested too deeply to be one");
}

TEST(Package, SaysWhatIsWrongWithTheObjectInside) {
  const std::string good = packed("some bytes that are packed");
  const auto refused = [](std::string_view object, std::string_view size,
                          std::string_view message) {
    expect_refused(text_of(object, size, kMeta), message);
  };
  ASSERT_TRUE(read_package(text_of(good, "26", kMeta)));
  refused(good, "20", "the object unpacks to more than its 20 bytes");
  refused(good, "25", "the object unpacks to 26 bytes, and should have 25");
  refused(good, "27", "the object unpacks to 26 bytes, and should have 27");
  refused(good, "4294967295", "the object unpacks to 26 bytes, and should have 4294967295");
  refused("*" + good.substr(1), "26", "`bpf_object`, character 0: `*` is no character of base64");
  refused(good.substr(0, 8), "26", "the zlib stream is damaged or cut off, after 3 bytes unpacked");
  refused("AAAA", "26", "the zlib stream is damaged or cut off, after 0 bytes unpacked");
  auto stream = deflate_bytes(bytes_of("abc"));
  stream.push_back(std::byte{7});
  refused(base64_encode(stream), "3", "1 bytes follow the end of the zlib stream");
  stream.pop_back();
  stream.back() ^= std::byte{1};
  refused(base64_encode(stream), "3",
          "the zlib stream is damaged or cut off, after 3 bytes unpacked");
}

}  // namespace
}  // namespace package_testing
}  // namespace weir::object
