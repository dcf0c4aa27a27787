#include <gtest/gtest.h>

#include "make_bytes.h"
#include "read_all.h"

namespace weir::test {
namespace {

struct VariantCase {
  const char* name;
  std::endian order;
  std::uint32_t magic;
  std::int64_t tick_ns;
  std::size_t more_file_header;
  std::size_t more_record_header;
};

class PcapVariants : public testing::TestWithParam<VariantCase> {};

TEST_P(PcapVariants, GivesPacketsWithExactTimesAndTheirRecords) {
  const VariantCase& c = GetParam();
  const Bytes file_header = pcap_header(c.order, {.magic = c.magic}) + Bytes(c.more_file_header);
  const Bytes extra(c.more_record_header, std::byte{0xee});
  const Bytes first = pcap_record(c.order, {1, 999, 5, 60}, extra + payload(5));
  const Bytes second = pcap_record(c.order, {0xffff'ffff, 7, 0, 0}, extra);
  const ReadResult result = read_all(file_header + first + second);

  ASSERT_FALSE(result.error) << result.error->message;
  ASSERT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.packets[0].bytes, payload(5));
  EXPECT_EQ(result.packets[0].wire_length, 60u);
  EXPECT_EQ(result.packets[0].time_ns, 1'000'000'000 + 999 * c.tick_ns);
  EXPECT_EQ(result.packets[0].link_type, LinkType::kEn10mb);
  EXPECT_EQ(result.packets[1].time_ns, 0xffff'ffffll * 1'000'000'000 + 7 * c.tick_ns);
  EXPECT_EQ(result.records, (std::vector{first, second}));
  EXPECT_EQ(result.info.byte_order, c.order);
  EXPECT_EQ(result.info.format, capfile::Format::kPcap);
}

INSTANTIATE_TEST_SUITE_P(
    All, PcapVariants,
    testing::Values(VariantCase{"micro_little", kLittle, 0xa1b2c3d4, 1000, 0, 0},
                    VariantCase{"micro_big", kBig, 0xa1b2c3d4, 1000, 0, 0},
                    VariantCase{"nano_little", kLittle, 0xa1b23c4d, 1, 0, 0},
                    VariantCase{"nano_big", kBig, 0xa1b23c4d, 1, 0, 0},
                    VariantCase{"kuznetzov_little", kLittle, 0xa1b2cd34, 1000, 0, 8},
                    VariantCase{"kuznetzov_big", kBig, 0xa1b2cd34, 1000, 0, 8},
                    VariantCase{"ixia_hardware_little", kLittle, 0x1c0001ac, 1, 4, 0},
                    VariantCase{"ixia_hardware_big", kBig, 0x1c0001ac, 1, 4, 0},
                    VariantCase{"ixia_software_little", kLittle, 0x1c0001ab, 1000, 4, 0},
                    VariantCase{"ixia_software_big", kBig, 0x1c0001ab, 1000, 4, 0}),
    [](const auto& test) { return test.param.name; });

struct VersionCase {
  std::uint16_t major;
  std::uint16_t minor;
  std::uint32_t first_length;
  std::uint32_t second_length;
};

class OldVersions : public testing::TestWithParam<VersionCase> {};

TEST_P(OldVersions, HaveTheirLengthsPutInOrder) {
  const VersionCase& c = GetParam();
  const Bytes header = pcap_header(kLittle, {.major = c.major, .minor = c.minor});
  const Bytes record = pcap_record(kLittle, {0, 0, c.first_length, c.second_length}, payload(4));
  const ReadResult result = read_all(header + record + record);
  ASSERT_FALSE(result.error) << result.error->message;
  ASSERT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.packets[1].bytes, payload(4));
  EXPECT_EQ(result.packets[1].wire_length, 99u);
}

INSTANTIATE_TEST_SUITE_P(All, OldVersions,
                         testing::Values(VersionCase{2, 4, 4, 99}, VersionCase{2, 3, 4, 99},
                                         VersionCase{2, 3, 99, 4}, VersionCase{2, 2, 99, 4},
                                         VersionCase{2, 0, 99, 4}, VersionCase{543, 0, 99, 4}));

TEST(PcapDecoder, RefusesVersionsItDoesNotKnow) {
  for (const auto& [major, minor] : {std::pair{1, 0}, {2, 5}, {3, 0}, {543, 1}}) {
    const ReadResult result =
        read_all(pcap_header(kLittle, {.major = static_cast<std::uint16_t>(major),
                                       .minor = static_cast<std::uint16_t>(minor)}));
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->offset, 4u);
    EXPECT_NE(result.error->message.find(std::to_string(major) + "." + std::to_string(minor)),
              std::string::npos);
  }
}

TEST(PcapDecoder, TakesTheLinkTypeWithoutTheFcsBits) {
  const ReadResult result = read_all(pcap_header(kLittle, {.network = 0x4400'0071}));
  ASSERT_FALSE(result.error);
  EXPECT_EQ(result.info.interfaces.front().link_type, LinkType::kLinuxSll);
}

TEST(PcapDecoder, MapsLinkTypesOfOtherSystems) {
  const Bytes record = pcap_record(kLittle, 0, 0, payload(1));
  const ReadResult result = read_all(pcap_header(kLittle, {.network = 12}) + record);
  ASSERT_EQ(result.packets.size(), 1u);
  EXPECT_EQ(result.packets[0].link_type, LinkType::kRaw);
}

TEST(PcapDecoder, RefusesALinkTypeOutOfRange) {
  const ReadResult result = read_all(pcap_header(kLittle, {.network = 0x10001}));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->offset, 20u);
}

TEST(PcapDecoder, DeliversNoMoreThanTheSnaplenButKeepsTheRecordWhole) {
  const Bytes record = pcap_record(kBig, 0, 0, payload(10));
  const ReadResult result = read_all(pcap_header(kBig, {.snaplen = 8}) + record + record);
  ASSERT_FALSE(result.error);
  ASSERT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.packets[1].bytes, payload(8));
  EXPECT_EQ(result.records[1], record);
}

TEST(PcapDecoder, TakesASnaplenOfZeroOrNegativeAsNone) {
  for (const std::uint32_t snaplen : {0u, 0x8000'0000u, 0xffff'ffffu}) {
    const Bytes record = pcap_record(kLittle, 0, 0, payload(10));
    const ReadResult result = read_all(pcap_header(kLittle, {.snaplen = snaplen}) + record);
    ASSERT_EQ(result.packets.size(), 1u);
    EXPECT_EQ(result.packets[0].bytes.size(), 10u);
  }
}

TEST(PcapDecoder, ReadsTheLongestSanePacket) {
  const Bytes record = pcap_record(kLittle, 0, 0, payload(262144));
  const ReadResult result = read_all(pcap_header(kLittle) + record + record, {}, 4096);
  ASSERT_FALSE(result.error);
  ASSERT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.packets[1].bytes, payload(262144));
}

TEST(PcapDecoder, StopsAtALengthThatIsNotSaneAfterTheRecordsBeforeIt) {
  const Bytes good = pcap_record(kLittle, 0, 0, payload(6));
  const Bytes bad = pcap_record(kLittle, {0, 0, 262145, 262145}, payload(64));
  const ReadResult result = read_all(pcap_header(kLittle) + good + good + bad + good);
  EXPECT_EQ(result.packets.size(), 2u);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->offset, 24u + 2 * good.size());
  EXPECT_EQ(result.error->message, "record claims 262145 captured bytes, at most 262144 expected");
}

TEST(PcapDecoder, AllowsLongerPacketsWhereTheLinkTypeHasThem) {
  constexpr std::uint32_t kUsbPcap = 249;
  const Bytes record = pcap_record(kLittle, 0, 0, payload(300000));
  const ReadResult result =
      read_all(pcap_header(kLittle, {.snaplen = 1u << 20, .network = kUsbPcap}) + record);
  ASSERT_EQ(result.packets.size(), 1u);
  EXPECT_EQ(result.packets[0].bytes.size(), 300000u);
}

TEST(PcapDecoder, KeepsAFractionOutOfRange) {
  const Bytes record = pcap_record(kLittle, 1, 0xffff'ffff, payload(1));
  const ReadResult result = read_all(pcap_header(kLittle) + record);
  ASSERT_EQ(result.packets.size(), 1u);
  EXPECT_EQ(result.packets[0].time_ns, 1'000'000'000 + 0xffff'ffffll * 1000);
}

TEST(PcapDecoder, AFileWithoutPacketsIsSound) {
  const ReadResult result = read_all(pcap_header(kLittle));
  EXPECT_FALSE(result.error);
  EXPECT_TRUE(result.packets.empty());
}

TEST(PcapDecoder, ManyRecordsKeepTheirOrderAcrossBatchesAndWindows) {
  Bytes file = pcap_header(kLittle);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    file = std::move(file) + pcap_record(kLittle, i, 0, payload(i % 97, i));
  }
  const ReadResult result = read_all(file, {.max_read = 1000}, 4096);
  ASSERT_FALSE(result.error);
  ASSERT_EQ(result.packets.size(), 3000u);
  for (std::uint32_t i = 0; i < 3000; ++i) {
    ASSERT_EQ(result.packets[i].time_ns, std::int64_t{i} * 1'000'000'000);
    ASSERT_EQ(result.packets[i].bytes, payload(i % 97, i));
  }
}

}  // namespace
}  // namespace weir::test
