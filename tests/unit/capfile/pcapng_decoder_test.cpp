#include <gtest/gtest.h>

#include "make_bytes.h"
#include "read_all.h"

namespace weir::test {
namespace {

constexpr std::uint32_t kSection = 0x0a0d0d0a;

class PcapngOrders : public testing::TestWithParam<std::endian> {
 protected:
  std::endian order() const { return GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(All, PcapngOrders, testing::Values(kLittle, kBig),
                         [](const auto& test) { return test.param == kLittle ? "little" : "big"; });

TEST_P(PcapngOrders, GivesEveryKindOfPacket) {
  const std::uint64_t ticks = 1'700'000'000'123'456;
  const Bytes enhanced = enhanced_packet(order(), 0, ticks, payload(5), {}, 1500);
  const Bytes simple = simple_packet(order(), 7, payload(7));
  const Bytes old = old_packet(order(), 0, ticks + 1, payload(9));
  const ReadResult result =
      read_all(section(order()) + interface(order(), 1) + enhanced + simple + old);

  ASSERT_FALSE(result.error) << result.error->message;
  ASSERT_EQ(result.packets.size(), 3u);
  EXPECT_EQ(result.packets[0].bytes, payload(5));
  EXPECT_EQ(result.packets[0].wire_length, 1500u);
  EXPECT_EQ(result.packets[0].time_ns, 1'700'000'000'123'456'000);
  EXPECT_EQ(result.packets[1].bytes, payload(7));
  EXPECT_EQ(result.packets[1].time_ns, 0);
  EXPECT_EQ(result.packets[2].bytes, payload(9));
  EXPECT_EQ(result.packets[2].time_ns, 1'700'000'000'123'457'000);
  EXPECT_EQ(result.records, (std::vector{enhanced, simple, old}));
  EXPECT_EQ(result.others, (std::vector<std::uint32_t>{kSection, 1}));
  EXPECT_EQ(result.info.byte_order, order());
  EXPECT_EQ(result.info.format, capfile::Format::kPcapng);
}

struct ResolutionCase {
  std::uint8_t field;
  std::uint64_t ticks_per_second;
  std::uint64_t ticks;
  std::int64_t time_ns;
};

TEST_P(PcapngOrders, KnowsEveryTimeResolution) {
  for (const ResolutionCase& c :
       {ResolutionCase{0, 1, 3, 3'000'000'000}, ResolutionCase{3, 1000, 1001, 1'001'000'000},
        ResolutionCase{6, 1'000'000, 1, 1000},
        ResolutionCase{9, 1'000'000'000, 5'000'000'001, 5'000'000'001},
        ResolutionCase{12, 1'000'000'000'000, 1'000'999, 1000},
        ResolutionCase{0x80, 1, 2, 2'000'000'000}, ResolutionCase{0x8a, 1024, 1536, 1'500'000'000},
        ResolutionCase{0xbf, 1ull << 63, 1ull << 62, 500'000'000}}) {
    const Bytes options = option(order(), 9, {std::byte{c.field}});
    const ReadResult result = read_all(section(order()) + interface(order(), 1, 0, options) +
                                       enhanced_packet(order(), 0, c.ticks, payload(1)));
    ASSERT_FALSE(result.error) << result.error->message;
    EXPECT_EQ(result.packets.at(0).time_ns, c.time_ns) << int{c.field};
    EXPECT_EQ(result.info.interfaces.at(0).ticks_per_second, c.ticks_per_second);
  }
}

TEST_P(PcapngOrders, AddsTheInterfacesTimeOffset) {
  const Bytes options = option(order(), 14, u64_bytes(order(), static_cast<std::uint64_t>(-2)));
  const ReadResult result = read_all(section(order()) + interface(order(), 1, 0, options) +
                                     enhanced_packet(order(), 0, 5'000'000, payload(1)));
  EXPECT_EQ(result.packets.at(0).time_ns, 3'000'000'000);
}

TEST_P(PcapngOrders, ReadsTheDirectionFromThePacketsFlags) {
  const auto flags = [&](std::uint32_t value) {
    ByteWriter out(order());
    out.u32(value);
    return option(order(), 1, text("a comment")) + option(order(), 2, out.release());
  };
  const ReadResult result =
      read_all(section(order()) + interface(order(), 1) +
               enhanced_packet(order(), 0, 0, payload(2), flags(1)) +
               enhanced_packet(order(), 0, 0, payload(3), flags(0xffff'fff2)) +
               enhanced_packet(order(), 0, 0, payload(4), flags(0)) +
               enhanced_packet(order(), 0, 0, payload(4), text("\x02\x00\xff\xff")));
  ASSERT_EQ(result.packets.size(), 4u);
  EXPECT_EQ(result.packets[0].direction, Direction::kInbound);
  EXPECT_EQ(result.packets[1].direction, Direction::kOutbound);
  EXPECT_EQ(result.packets[2].direction, Direction::kUnknown);
  EXPECT_EQ(result.packets[3].direction, Direction::kUnknown);
}

TEST_P(PcapngOrders, KeepsLinkTypesNamesAndSnaplensOfInterfacesApart) {
  const Bytes first = option(order(), 2, text("eth0")) + option(order(), 3, text("uplink"));
  const Bytes second = option(order(), 2, text("any")) + option(order(), 0, {});
  const ReadResult result =
      read_all(section(order()) + interface(order(), 1, 96, first) +
               enhanced_packet(order(), 0, 0, payload(1)) + interface(order(), 276, 0, second) +
               enhanced_packet(order(), 1, 0, payload(2)));
  ASSERT_FALSE(result.error) << result.error->message;
  ASSERT_EQ(result.info.interfaces.size(), 2u);
  EXPECT_EQ(result.info.interfaces[0].name, "eth0");
  EXPECT_EQ(result.info.interfaces[0].description, "uplink");
  EXPECT_EQ(result.info.interfaces[0].snaplen, 96u);
  EXPECT_EQ(result.info.interfaces[1].name, "any");
  EXPECT_EQ(result.packets.at(0).link_type, LinkType::kEn10mb);
  EXPECT_EQ(result.packets.at(1).link_type, LinkType::kLinuxSll2);
  EXPECT_EQ(result.packets.at(1).interface_id, 1u);
}

TEST(PcapngDecoder, SectionsOfBothByteOrdersFollowOneAnother) {
  const Bytes file = section(kLittle) + interface(kLittle, 1) +
                     enhanced_packet(kLittle, 0, 7, payload(3)) + section(kBig) +
                     interface(kBig, 101) + interface(kBig, 113) +
                     enhanced_packet(kBig, 1, 8, payload(4)) + section(kLittle) +
                     interface(kLittle, 228) + simple_packet(kLittle, 5, payload(5));
  const ReadResult result = read_all(file);
  ASSERT_FALSE(result.error) << result.error->message;
  ASSERT_EQ(result.packets.size(), 3u);
  EXPECT_EQ(result.packets[1].link_type, LinkType::kLinuxSll);
  EXPECT_EQ(result.packets[1].interface_id, 2u);
  EXPECT_EQ(result.packets[1].time_ns, 8000);
  EXPECT_EQ(result.packets[2].link_type, LinkType::kIpv4);
  EXPECT_EQ(result.packets[2].interface_id, 3u);
  EXPECT_EQ(result.info.interfaces.size(), 4u);
  EXPECT_EQ(result.raw, file);
}

TEST(PcapngDecoder, ASimplePacketIsCutToTheSnaplenOfTheFirstInterface) {
  const ReadResult result = read_all(section(kLittle) + interface(kLittle, 1, 6) +
                                     simple_packet(kLittle, 60, payload(6)));
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets.at(0).bytes, payload(6));
  EXPECT_EQ(result.packets.at(0).wire_length, 60u);
}

TEST(PcapngDecoder, HandsOnAllOtherBlocksAsTheyStand) {
  std::vector<std::uint32_t> types = {4, 5, 10, 0xbad, 0x4000'0bad, 0x1234'5678, 0x8000'0001};
  Bytes file = section(kBig) + interface(kBig, 1);
  for (const std::uint32_t type : types) file = file + block(kBig, type, payload(13));
  const ReadResult result = read_all(file + enhanced_packet(kBig, 0, 0, payload(1)));
  ASSERT_FALSE(result.error) << result.error->message;
  types.insert(types.begin(), {kSection, 1});
  EXPECT_EQ(result.others, types);
  EXPECT_EQ(result.packets.size(), 1u);
}

TEST(PcapngDecoder, KnowsTheInterfacesAtTheHeadOfTheFileBeforeTheFirstBatch) {
  auto reader = capfile::CaptureReader::open(std::make_unique<MemorySource>(
      section(kLittle) + interface(kLittle, 113) + enhanced_packet(kLittle, 0, 0, payload(1))));
  ASSERT_TRUE(reader);
  ASSERT_EQ(reader->info().interfaces.size(), 1u);
  EXPECT_EQ(reader->info().interfaces[0].link_type, LinkType::kLinuxSll);
}

TEST(PcapngDecoder, AcceptsAPacketLongerThanTheSnaplen) {
  const ReadResult result = read_all(section(kLittle) + interface(kLittle, 1, 4) +
                                     enhanced_packet(kLittle, 0, 0, payload(9)));
  EXPECT_EQ(result.packets.at(0).bytes, payload(9));
}

TEST(PcapngDecoder, ReadsABlockLongerThanTheWindow) {
  const ReadResult result =
      read_all(section(kLittle) + interface(kLittle, 1) + block(kLittle, 5, payload(100'000)) +
                   enhanced_packet(kLittle, 0, 0, payload(9)),
               {.max_read = 700}, 256);
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets.size(), 1u);
}

struct DamageCase {
  const char* name;
  Bytes block;
  const char* message;
};

Bytes with_length(Bytes bytes, std::size_t at, std::uint32_t length) {
  store(bytes.data() + at, length, kLittle);
  return bytes;
}

std::vector<DamageCase> damage_cases() {
  const Bytes good = enhanced_packet(kLittle, 0, 0, payload(8));
  return {
      {"length_odd", with_length(good, 4, 41), "block claims a length of 41: a multiple of 4"},
      {"length_too_small", with_length(good, 4, 8), "block claims a length of 8: a multiple of 4"},
      {"length_insane", with_length(good, 4, 0x7fff'fff0), "at most 16777216 expected"},
      {"lengths_differ", with_length(good, good.size() - 4, 44),
       "block's length at its end is 44: 40 expected"},
      {"caplen", with_length(good, 20, 9), "packet claims 9 captured bytes, at most 8 expected"},
      {"interface", with_length(good, 8, 3),
       "packet is of interface 3, but its section describes 1 before it"},
      {"enhanced_too_short", block(kLittle, 6, payload(16)), "enhanced packet block is too short"},
      {"old_too_short", block(kLittle, 2, payload(16)), "packet block is too short"},
      {"simple_too_short", block(kLittle, 3, {}), "simple packet block is too short"},
      {"simple_without_data", simple_packet(kLittle, 9, payload(4)),
       "packet claims 9 captured bytes, at most 4 expected"},
      {"section_too_short", block(kLittle, kSection, text("\x4d\x3c\x2b\x1a")),
       "section header block is too short"},
      {"section_without_magic", block(kLittle, kSection, payload(16)), "byte-order magic"},
      {"section_version", section(kLittle, {}, ~0ull, 2), "pcapng version 2.0 is not known"},
      {"interface_too_short", block(kLittle, 1, payload(4)),
       "interface description block is too short"},
      {"resolution_binary", interface(kLittle, 1, 0, option(kLittle, 9, {std::byte{0xc0}})),
       "time stamp resolution 2^-64 is finer than 64 bits can count"},
      {"resolution_decimal", interface(kLittle, 1, 0, option(kLittle, 9, {std::byte{20}})),
       "time stamp resolution 10^-20 is finer than 64 bits can count"},
      {"resolution_length", interface(kLittle, 1, 0, option(kLittle, 9, payload(2))),
       "option if_tsresol is 2 bytes long, 1 expected"},
      {"offset_length", interface(kLittle, 1, 0, option(kLittle, 14, payload(4))),
       "option if_tsoffset is 4 bytes long, 8 expected"},
      {"options_cut", interface(kLittle, 1, 0, text(std::string_view("\x02\x00\xff\x00", 4))),
       "interface description is cut short"},
  };
}

class PcapngDamage : public testing::TestWithParam<DamageCase> {};

TEST_P(PcapngDamage, IsReportedAtItsBlockAfterThePacketsBeforeIt) {
  const Bytes before = section(kLittle) + interface(kLittle, 1) +
                       enhanced_packet(kLittle, 0, 1, payload(3)) +
                       enhanced_packet(kLittle, 0, 2, payload(4));
  const ReadResult result =
      read_all(before + GetParam().block + enhanced_packet(kLittle, 0, 3, payload(100)));
  EXPECT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.raw, before);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->offset, before.size());
  EXPECT_NE(result.error->message.find(GetParam().message), std::string::npos)
      << result.error->message;
}

INSTANTIATE_TEST_SUITE_P(All, PcapngDamage, testing::ValuesIn(damage_cases()),
                         [](const auto& test) { return test.param.name; });

TEST(PcapngDecoder, APacketBeforeAnyInterfaceIsDamage) {
  for (const Bytes& packet :
       {enhanced_packet(kLittle, 0, 0, payload(1)), simple_packet(kLittle, 1, payload(1))}) {
    const ReadResult result = read_all(section(kLittle) + packet);
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->offset, 28u);
  }
}

TEST(PcapngDecoder, InterfacesOfAnEarlierSectionDoNotCount) {
  const ReadResult result = read_all(section(kLittle) + interface(kLittle, 1) + section(kLittle) +
                                     enhanced_packet(kLittle, 0, 0, payload(1)));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->offset, 28u + 20 + 28);
}

TEST(PcapngDecoder, AFileThatComesBlockByBlockTellsItsFirstInterfaceFromTheStart) {
  const Bytes names = block(kLittle, 4, Bytes(4));
  const Bytes file = section(kLittle) + names + interface(kLittle, 113) +
                     enhanced_packet(kLittle, 0, 0, payload(3));
  for (const std::size_t max_read : {std::size_t{1}, section(kLittle).size()}) {
    auto reader = capfile::CaptureReader::open(
        std::make_unique<MemorySource>(file, SourceFaults{.max_read = max_read}));
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->info().interfaces.size(), 1u);
    const ReadResult result = read_all(std::move(reader));
    EXPECT_FALSE(result.error);
    EXPECT_EQ(result.raw, file);
  }
}

}  // namespace
}  // namespace weir::test
