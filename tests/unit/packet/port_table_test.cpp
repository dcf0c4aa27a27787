#include "packet/print/transport/port_table.h"

#include <gtest/gtest.h>

namespace weir::packet {
namespace {

using Letter = const char*;

constexpr PortEntry<Letter> kEntries[] = {
    {53, "a"},
    {67, "b", Side::kDestination},
    {67, "c", Side::kSource},
    {40, "d"},
};
constexpr PortTable kTable(kEntries);

std::string_view find(std::uint16_t source, std::uint16_t destination) {
  const Letter found = kTable.find(source, destination);
  return found == nullptr ? "none" : found;
}

TEST(PortTable, FindsByEitherPort) {
  EXPECT_EQ(find(53, 9), "a");
  EXPECT_EQ(find(9, 53), "a");
  EXPECT_EQ(find(9, 8), "none");
}

TEST(PortTable, KnowsTheSide) {
  EXPECT_EQ(find(9, 67), "b");
  EXPECT_EQ(find(67, 9), "c");
}

TEST(PortTable, TakesTheFirstOfTheTableWhenBothPortsAsk) {
  EXPECT_EQ(find(40, 53), "a");
  EXPECT_EQ(find(53, 40), "a");
  EXPECT_EQ(find(40, 67), "b");
}

}  // namespace
}  // namespace weir::packet
