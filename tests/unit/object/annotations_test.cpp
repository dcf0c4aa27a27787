// Annotations: which comments say what of which declaration, and what is refused, with its place.
#include "object/annotations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "diag/snippet.h"

namespace weir::object {
namespace annotations_testing {
namespace {

// A line for each annotation, `kind name @annotation json`, then for each error `line:column
// message (hint)`.
std::string read(std::string_view source) {
  diag::Diagnostics diagnostics;
  std::string out;
  for (const AnnotatedDeclaration& declaration : read_annotations(source, diagnostics)) {
    for (const Annotation& annotation : declaration.annotations) {
      out += std::to_string(static_cast<int>(declaration.kind)) + " " + declaration.name + " @" +
             annotation.name + " " + annotation.json + "\n";
    }
  }
  for (const diag::Diagnostic& row : diagnostics.all()) {
    const auto at = diag::position_of(source, row.range.begin);
    out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + row.message + " (" +
           row.hint + ")\n";
  }
  return out;
}

TEST(Annotations, BelongToWhatFollowsThem) {
  EXPECT_EQ(
      read("/// @tchook {\"ifindex\":1, \"attach_point\":\"BPF_TC_INGRESS\"}\n"
           "/// @tcopts {\"handle\":1}\nSEC(\"tc\")\nint go(struct __sk_buff *s) { return 0; }\n"
           "/** @ifindex 3 */ SEC(\"xdp\") int x(struct xdp_md *c) { if (c) { } return 1; }\n"
           "//! @flags 2\nSEC(\"kprobe/f\") int BPF_KPROBE(probe, int a) { return 0; }\n"
           "/// @cmdarg {\"short\":\"p\"}\nconst volatile int port[2] = {1, 2};\n"
           "/*! @sample {\"interval\":5} */\n"
           "struct { __uint(type, 1); } counts SEC(\".maps\");\n"
           "/// @version 1.0\nconst char LICENSE[] SEC(\"license\") = \"GPL\";\n"),
      "0 go @tchook {\"attach_point\":\"BPF_TC_INGRESS\",\"ifindex\":1}\n"
      "0 go @tcopts {\"handle\":1}\n0 x @ifindex 3\n0 probe @flags 2\n"
      "1 port @cmdarg {\"short\":\"p\"}\n2 counts @sample {\"interval\":5}\n"
      "3 LICENSE @version \"1.0\"\n");
}

TEST(Annotations, MayTakeSeveralLinesAndHaveTextsBeside) {
  EXPECT_EQ(
      read("/** What it\n *  does.\n *\n * @tchook {\n *   \"ifindex\": 1,\n"
           " *   \"parent\": \"@x }\" }\n * @brief ein\xc3\xa4s\n */\nint f(void) { return 0; }\n"
           "/// @tcopts {\"handle\":\n///   7}\nint g(void) { return 0; }\n"),
      "0 f @description \"What it\\ndoes.\"\n"
      "0 f @tchook {\"ifindex\":1,\"parent\":\"@x }\"}\n0 f @brief \"ein\xc3\xa4s\"\n"
      "0 g @tcopts {\"handle\":7}\n");
}

TEST(Annotations, OfTypesAreOnlyTexts) {
  EXPECT_EQ(read("/// An event.\nstruct event { int a; } __attribute__((packed));\n"
                 "/// @brief two\ntypedef int number;\n/// last\nstruct event f(void) { }\n"),
            "0 f @description \"last\"\n");
}

TEST(Annotations, StandOnlyInCommentsOfDocumentation) {
  EXPECT_EQ(read("// @tchok {}\n/* @tchok */\n//// @tchok\nchar *s = \"/// @tchok\";\n"
                 "int f(void) { /// @tchok\n return '\"'; }\n#define X /// @tchok\n"),
            "");
}

TEST(Annotations, AreRefusedWhereTheyAreWrong) {
  const auto refused = [](std::string_view comment, std::string_view expected) {
    EXPECT_EQ(read(std::string(comment) + "\nint f(void) { return 0; }\n"), expected);
  };
  refused("/// @tchok {}", "1:5 there is no annotation `@tchok` (did you mean `tchook`?)\n");
  refused("/// @tchook {\n///  \"ifidx\":1}",
          "2:6 `@tchook` has no key `ifidx` (did you mean `ifindex`?)\n");
  refused("/// @tchook {\"ifindex\":\"eth0\"}",
          "1:24 the value of `ifindex` is string, not an integer (give an integer)\n");
  refused("/// @tchook {\"attach\":\"tcy\"}",
          "1:23 `attach` cannot be `tcy` (did you mean `tcx`?)\n");
  refused("/// @tchook {\"ifindex\":1,\"ifindex\":2}",
          "1:26 `ifindex` is given twice (keep one of them)\n");
  refused("/// @ifindex 1 2",
          "1:16 the value is not JSON from here on (write a value of JSON, as `{\"key\":1}`; names "
          "and texts stand in quotes)\n");
  refused("/// @ifindex", "1:5 `@ifindex` has no value (write its value in JSON behind it)\n");
  EXPECT_EQ(read("/// @sample {}\nstruct { int a; } m SEC(\".maps\");"),
            "1:13 `@sample` lacks `interval` (add `\"interval\":` and an integer)\n");
  EXPECT_EQ(read("/// @ifindex 1\nint port;"),
            "1 port @ifindex 1\n1:5 `@ifindex` does not go with a variable (write it right before "
            "what it is for)\n");
}

TEST(Annotations, AreReadFromAnyBytes) {
  const std::string source =
      "/** @tchook {\"ifindex\":[1]} \\\n */ int f(int a[2]) { \"\\\"\"; } /// @value '\n#x\\";
  for (std::size_t size = 0; size <= source.size(); ++size) {
    for (const char c : {'"', '\\', '{', '}', '*', '/', '@', '\n', '\0', '\xff'}) {
      std::string changed = source.substr(0, size) + c;
      read(changed);
      changed += source.substr(size);
      EXPECT_EQ(read(changed), read(changed));
    }
  }
}

}  // namespace
}  // namespace annotations_testing
}  // namespace weir::object
