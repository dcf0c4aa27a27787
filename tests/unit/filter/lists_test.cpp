// Merging alternatives: what becomes a list, and what must stay as it is.
#include "filter/lists.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "unit/filter/front.h"

namespace weir::filter {
namespace {

std::string merged(std::string_view text) {
  return print_resolved(merge_lists(testing::run_front(text).resolved));
}

void expect_untouched(std::string_view text) {
  EXPECT_EQ(merged(text), testing::resolved_text(text));
}

TEST(MergeLists, HostsBecomeOneList) {
  EXPECT_EQ(merged("host 1.2.3.4 or host 1.2.3.5 or net 10.0.0.0/8"),
            "host proto=any dir=any {1.2.3.4/255.255.255.255, 1.2.3.5/255.255.255.255, "
            "10.0.0.0/255.0.0.0}\n");
}

TEST(MergeLists, PortsBecomeOneList) {
  EXPECT_EQ(merged("tcp or port 80 or portrange 440-450"),
            "or\n"
            "  protocol in=any {6}\n"
            "  port proto=any dir=any {80, 440-450}\n");
}

TEST(MergeLists, NegatedTermsOfAConjunctionBecomeOne) {
  EXPECT_EQ(merged("tcp and not port 1 and not port 2"),
            "and\n"
            "  protocol in=any {6}\n"
            "  not\n"
            "    port proto=any dir=any {1, 2}\n");
}

TEST(MergeLists, NestedAlternativesAreAlternatives) {
  EXPECT_EQ(merged("port 1 or (port 2 or port 3)"), "port proto=any dir=any {1, 2, 3}\n");
  EXPECT_EQ(merged("udp or (tcp and (port 1 or port 2))"),
            "or\n"
            "  protocol in=any {17}\n"
            "  and\n"
            "    protocol in=any {6}\n"
            "    port proto=any dir=any {1, 2}\n");
}

TEST(MergeLists, NothingMovesIntoAConjunction) {
  expect_untouched("port 1 or (tcp and port 2) or port 3");
  expect_untouched("(tcp and port 2) or port 3");
  expect_untouched("port 1 or (tcp and port 2)");
}

TEST(MergeLists, NothingMovesIntoADisjunction) {
  expect_untouched("tcp and (udp or not port 1) and not port 2");
  expect_untouched("(udp or not port 1) and not port 2");
}

TEST(MergeLists, NothingMovesIntoANegation) {
  expect_untouched("not port 1 or port 2");
  expect_untouched("not (tcp or port 1) or port 2");
  expect_untouched("not port 1 or not port 2");
}

TEST(MergeLists, TermsOfAConjunctionStay) {
  expect_untouched("port 1 and port 2");
  expect_untouched("host 1.1.1.1 and host 2.2.2.2");
}

TEST(MergeLists, DifferentQuestionsStay) {
  expect_untouched("src port 1 or dst port 2");
  expect_untouched("tcp port 1 or udp port 2");
  expect_untouched("ip host 1.1.1.1 or host 2.2.2.2");
  expect_untouched("port 1 or host 1.1.1.1");
}

// Both ends are in one list, or each end is another's: not the same.
TEST(MergeLists, AlternativesForBothEndsStay) {
  expect_untouched("src and dst host 1.1.1.1 or src and dst host 2.2.2.2");
  expect_untouched("src and dst port 1 or src and dst port 2");
}

TEST(MergeLists, OnlyNeighboursMerge) {
  expect_untouched("port 1 or host 1.1.1.1 or port 2");
  expect_untouched("port 1 or tcp or port 2");
}

TEST(MergeLists, WhatStandsBehindAnEncapsulationStaysThere) {
  expect_untouched("port 1 or vlan or port 2");
  EXPECT_EQ(merged("vlan and (port 1 or port 2)"),
            "and\n"
            "  vlan\n"
            "  port proto=any dir=any {1, 2}\n");
}

TEST(MergeLists, AListAndAnEmptyExpressionStay) {
  expect_untouched("");
  expect_untouched("port in {1, 2}");
}

}  // namespace
}  // namespace weir::filter
