// The text form: what is printed can be read, and what is no function is refused where it goes
// wrong.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "filter/ir/read.h"
#include "filter/ir/text.h"
#include "filter/lower/lower.h"
#include "filter/opt/pass.h"
#include "filter/opt/rebuild.h"
#include "support/random_function.h"
#include "unit/filter/front.h"

namespace weir::filter::ir {
namespace {

std::string again(std::string_view text) {
  Arena arena;
  const auto f = read(text, &arena);
  return f ? print(*f) : f.error().message;
}

constexpr auto kExpressions = std::to_array<std::string_view>({
    "",
    "tcp port 80",
    "not (tcp or udp)",
    "host 10.0.0.1 and not net 192.168.0.0/16",
    "ip6 host 2001:db8::1 or icmp6",
    "src host 1.2.3.4 and dst port 53",
    "portrange 100-200 or sctp",
    "ip[0] & 0xf != 5 and ip[6:2] & 0x1fff = 0",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
    "ip[ip[0] / 4] * 3 - len > 7 or ether[2:4] >> 3 = ip6[40]",
    "(((ip[2:2] - ((ip[0] & 0xf) << 2)) - ((tcp[12] & 0xf0) >> 2)) != 0)",
    "ip protochain 6 or ip6 protochain 17",
    "less 100 or greater 1000",
    "host in {10.0.0.1, 10.0.0.9, 10.2.0.0/16} and port in {80, 443, 8000-8100}",
    "gre and udp port 53",
});

constexpr auto kLinkTypes =
    std::to_array<LinkType>({LinkType::kEn10mb, LinkType::kRaw, LinkType::kLinuxSll, LinkType::kPpp,
                             LinkType::kIeee80211Radio});

TEST(IrText, ReadsWhatItPrintsBeforeAndAfterEachPass) {
  int functions = 0;
  for (const LinkType link_type : kLinkTypes) {
    for (const std::string_view text : kExpressions) {
      SCOPED_TRACE(text);
      Options options;
      options.link_type = link_type;
      testing::Front front = testing::run_front(text, options);
      Arena arena;
      auto f = lower::lower(front.resolved, options, &arena, front.diagnostics);
      if (!f) continue;  // the link type has no such header
      opt::compact(*f);
      EXPECT_EQ(again(print(*f)), print(*f));
      for (const opt::Pass& pass : opt::passes()) {
        pass.run(*f);
        EXPECT_EQ(again(print(*f)), print(*f)) << pass.name;
      }
      ++functions;
    }
  }
  EXPECT_GE(functions, 50);
}

TEST(IrText, ReadsRandomFunctions) {
  weir::testing::RandomFunction random(3);
  for (int i = 0; i < 500; ++i) {
    Arena arena;
    Function f = random.next(&arena);
    opt::compact(f);
    ASSERT_EQ(again(print(f)), print(f));
  }
}

TEST(IrText, ReadsEveryKindOfNodeAndValue) {
  constexpr std::string_view kText =
      "root n8\n"
      "n8: assign p1 = ((load1[14] & 0xf) << 0x2) -> n7\n"
      "n7: switch load2[p1 + 2] { 0x0-0x3 -> n6, 0x800 -> n5 } else reject\n"
      "n6: test (load4[p1] / (len % load1[3])) set 0x80000000 ? accept : n5\n"
      "n5: chain ip6[14] 17 ? n4 : n3\n"
      "n4: guard load1[load1[(p0 - p1)] + 7] -> n3\n"
      "n3: test ((len | load1[1]) ^ (load1[2] >> load1[3])) ge (load1[0] * load1[1]) ? n2 : "
      "accept\n"
      "n2: test load1[4294963248] eq 0x1 ? accept : reject\n";
  EXPECT_EQ(again(kText), kText);
  EXPECT_EQ(again("root accept\n"), "root accept\n");
  EXPECT_EQ(again("root reject"), "root reject\n");
}

TEST(IrText, NumbersNodesWithoutGaps) {
  EXPECT_EQ(again("root n90\nn90: guard load1[0] -> n7\nn7: guard load1[1] -> accept\n"),
            "root n3\nn3: guard load1[0] -> n2\nn2: guard load1[1] -> accept\n");
}

TEST(IrText, MakesValuesCanonical) {
  EXPECT_EQ(again("root n2\nn2: test (2 * (load1[0] + 0)) eq 10 ? accept : reject\n"),
            "root n2\nn2: test (load1[0] << 0x1) eq 0xa ? accept : reject\n");
}

TEST(IrText, ReadsDeepValues) {
  std::string value = "load1[0]";
  for (int i = 0; i < 20000; ++i) value = "(" + value + " ^ len)";
  const std::string text = "root n2\nn2: test " + value + " eq 0x1 ? accept : reject\n";
  EXPECT_EQ(again(text), text);
}

struct Bad {
  std::string_view text;
  std::uint64_t offset;
  std::string_view message;
};

TEST(IrText, SaysWhereATextGoesWrong) {
  for (const Bad& bad : std::to_array<Bad>({
           {"", 0, "expected `root `"},
           {"root n2\n", 5, "no line below is `n2`"},
           {"root n2\nn2: jump accept\n", 12, "expected a kind of node"},
           {"root n2\nn2: guard load3[1] -> accept\n", 22, "expected a load of 1, 2 or 4 bytes"},
           {"root n2\nn2: guard load1[1 -> accept\n", 25, "expected `]`"},
           {"root n2\nn2: guard (len ? len) -> accept\n", 23, "expected an operation"},
           {"root n2\nn2: guard (len + ) -> accept\n", 25, "expected a value"},
           {"root n2\nn2: guard (len + len -> accept\n", 28, "expected `)`"},
           {"root n2\nn2: guard 0x100000000 -> accept\n", 29, "expected a number of 32 bits"},
           {"root n2\nn2: guard p65536 -> accept\n", 19, "a parameter with too large a number"},
           {"root n2\nn2: test len is 1 ? accept : reject\n", 21, "expected a comparison"},
           {"root n2\nn2: test len eq 1 ? accept\n", 34, "expected ` : `"},
           {"root n2\nn2: guard len -> n3\n", 25, "no line below is `n3`"},
           {"root n2\nn2: guard len -> n2\n", 25, "no line below is `n2`"},
           {"root n2\nn2: guard len -> accept now\n", 31, "expected `\n`"},
           {"root n2\nn2: guard len -> accept\nn2: guard len -> accept\n", 8,
            "there is another `n2` below"},
           {"root n2\nn2: switch len { 0x1 -> accept, 0x1 -> reject } else accept\n", 0,
            "node 2: cases overlap"},
           {"root n2\nn2: switch len { 0x1 -> accept", 38, "expected `,`"},
       })) {
    Arena arena;
    const auto f = read(bad.text, &arena);
    ASSERT_FALSE(f.has_value()) << bad.text;
    EXPECT_EQ(f.error().message, bad.message) << bad.text;
    EXPECT_EQ(f.error().offset.value_or(0), bad.offset) << bad.text;
  }
}

TEST(IrText, RefusesEveryTextThatIsCutOff) {
  constexpr std::string_view kText =
      "root n4\n"
      "n4: switch load2[p1 + 2] { 0x0-0x3 -> n3, 0x800 -> n2 } else reject\n"
      "n3: test (load4[p1] / (len % load1[3])) set 0x80000000 ? accept : n2\n"
      "n2: chain ip6[14] 17 ? accept : reject";
  for (std::size_t length = 0; length + 7 < kText.size(); ++length) {
    Arena arena;
    EXPECT_FALSE(read(kText.substr(0, length), &arena).has_value()) << length;
  }
}

}  // namespace
}  // namespace weir::filter::ir
