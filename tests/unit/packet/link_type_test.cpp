#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include <weir/link_type.h>

namespace weir {
namespace {

TEST(LinkType, IsFoundByItsNumber) {
  ASSERT_NE(find_link_type(LinkType::kEn10mb), nullptr);
  EXPECT_EQ(find_link_type(LinkType::kEn10mb)->name, "EN10MB");
  EXPECT_EQ(find_link_type(LinkType::kLinuxSll2)->description, "Linux cooked v2");
  EXPECT_EQ(find_link_type(LinkType{60000}), nullptr);
}

TEST(LinkType, NamesAreUniqueAndParseBackToTheirNumber) {
  std::set<std::string_view> names;
  for (const LinkTypeInfo& info : link_types()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_EQ(parse_link_type(info.name), info.type) << info.name;
    EXPECT_EQ(parse_link_type("DLT_" + std::string(info.name)), info.type) << info.name;
    EXPECT_EQ(find_link_type(info.type), &info) << info.name;
    EXPECT_FALSE(info.description.empty()) << info.name;
  }
}

TEST(LinkType, NamesParseInAnyCaseAndWithEitherPrefix) {
  EXPECT_EQ(parse_link_type("en10mb"), LinkType::kEn10mb);
  EXPECT_EQ(parse_link_type("linktype_ETHERNET"), LinkType::kEn10mb);
  EXPECT_EQ(parse_link_type("dlt_Linux_SLL"), LinkType::kLinuxSll);
  EXPECT_EQ(parse_link_type("IEEE802_11_RADIOTAP"), LinkType::kIeee80211Radio);
}

TEST(LinkType, ParsesAnyNumberOfSixteenBits) {
  EXPECT_EQ(parse_link_type("276"), LinkType::kLinuxSll2);
  EXPECT_EQ(parse_link_type("65535"), LinkType{65535});
  EXPECT_EQ(parse_link_type("65536"), std::nullopt);
  EXPECT_EQ(parse_link_type("-1"), std::nullopt);
  EXPECT_EQ(parse_link_type("1x"), std::nullopt);
  EXPECT_EQ(parse_link_type(""), std::nullopt);
  EXPECT_EQ(parse_link_type("DLT_"), std::nullopt);
  EXPECT_EQ(parse_link_type("ethernot"), std::nullopt);
}

TEST(LinkType, OldNumbersInFilesBecomeTheRegisteredOnes) {
  EXPECT_EQ(link_type_from_file(12), LinkType::kRaw);
  EXPECT_EQ(link_type_from_file(14), LinkType::kRaw);
  EXPECT_EQ(link_type_from_file(101), LinkType::kRaw);
  EXPECT_EQ(link_type_from_file(1), LinkType::kEn10mb);
  EXPECT_EQ(link_type_from_file(112), LinkType::kCHdlc);
  EXPECT_EQ(link_type_from_file(54321), LinkType{54321});
}

TEST(LinkType, TheNamedConstantsAreExactlyTheFilterableOnes) {
  const std::set<LinkType> named = {
      LinkType::kNull,      LinkType::kEn10mb,         LinkType::kPpp,  LinkType::kPppSerial,
      LinkType::kRaw,       LinkType::kCHdlc,          LinkType::kLoop, LinkType::kIeee80211,
      LinkType::kLinuxSll,  LinkType::kIeee80211Radio, LinkType::kIpv4, LinkType::kIpv6,
      LinkType::kLinuxSll2,
  };
  std::set<LinkType> filterable;
  for (const LinkTypeInfo& info : link_types()) {
    if (info.filterable) filterable.insert(info.type);
  }
  EXPECT_EQ(filterable, named);
}

}  // namespace
}  // namespace weir
