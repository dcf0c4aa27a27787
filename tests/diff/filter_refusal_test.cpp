// weir refuses an expression exactly when libpcap does: over the corpus, over what both refuse, and
// over tokens in no order.
#include <gtest/gtest.h>

#include "diff/filter/expression_gen.h"
#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"
#include "diff/libpcap_oracle.h"

namespace weir::difftest {
namespace {

constexpr std::uint32_t kSoups = 30000;
constexpr std::uint32_t kExpressions = 5000;
constexpr int kMaxReported = 40;

// libpcap looks for a divisor of 0, and for a shift by more than 31, in the first constant that the
// right operand loads, which may be an offset: it refuses `len / ip[0]` and `1 << ip[40]`. What
// weir refuses of a constant is in rejected.txt.
bool is_refused_by_mistake(const Compiled& peer) {
  return peer.error == "division by zero" || peer.error == "modulus by zero" ||
         peer.error == "shift by more than 31 bits";
}

// Counts what differs and prints the first of it.
class Agreement {
 public:
  void check(const Query& query) {
    const Compiled peer = libpcap_compile(query, PeerMode::kUnoptimised);
    const Compiled ours = weir_compile(query, WeirMode::kOptimised);
    accepted_ += peer.code.has_value();
    if (is_refused_by_mistake(peer)) return;
    if (peer.code.has_value() == ours.code.has_value() || ++disagreements_ > kMaxReported) return;
    ADD_FAILURE() << compared_link_type(query.link_type).name << ": " << query.expression
                  << "\n  libpcap " << (peer.code ? "accepts it" : "refuses it: " + peer.error)
                  << "\n  weir " << (ours.code ? "accepts it" : "refuses it: " + ours.error);
  }

  int accepted() const { return accepted_; }
  int disagreements() const { return disagreements_; }

 private:
  int accepted_ = 0;
  int disagreements_ = 0;
};

TEST(Refusals, NoneInTheCorpus) {
  for (const CorpusEntry& entry : accepted_corpus()) {
    for (const WeirMode mode : {WeirMode::kUnoptimised, WeirMode::kOptimised}) {
      const Compiled compiled = weir_compile(entry.query, mode);
      EXPECT_TRUE(compiled.code) << compared_link_type(entry.query.link_type).name << ": "
                                 << entry.query.expression << ": " << compiled.error;
    }
  }
}

TEST(Refusals, OfEverythingThatLibpcapRefuses) {
  for (const CorpusEntry& entry : rejected_corpus()) {
    EXPECT_FALSE(weir_compile(entry.query, WeirMode::kOptimised).code)
        << compared_link_type(entry.query.link_type).name << ": " << entry.query.expression;
  }
}

TEST(Refusals, AgreeOnTokenSoup) {
  Agreement agreement;
  Choices choices(77);
  for (std::uint32_t i = 0; i < kSoups * slowness(); ++i) {
    const std::string soup = generate_token_soup(choices);
    agreement.check({.expression = soup, .link_type = choices.pick(kComparedLinkTypes).type});
  }
  EXPECT_EQ(agreement.disagreements(), 0);
  EXPECT_GT(agreement.accepted(), 100);
}

TEST(Refusals, AgreeOnRandomExpressions) {
  Agreement agreement;
  Choices choices(78);
  for (std::uint32_t i = 0; i < kExpressions * slowness(); ++i) {
    const LinkType type = choices.pick(kComparedLinkTypes).type;
    agreement.check({.expression = generate_expression(type, choices), .link_type = type});
  }
  EXPECT_EQ(agreement.disagreements(), 0);
}

}  // namespace
}  // namespace weir::difftest
