#include "capfile/writer.h"

#include <gtest/gtest.h>

#include "make_bytes.h"
#include "read_all.h"

namespace weir::test {
namespace {

using capfile::CaptureReader;
using capfile::CaptureWriter;
using capfile::Format;
using capfile::WriterOptions;

bool every(std::size_t) { return true; }
bool none(std::size_t) { return false; }
bool odd(std::size_t index) { return index % 2 == 1; }

// Reads `file` and writes the packets whose number (from 0) `accept` takes.
Result<> copy(const Bytes& file, CaptureWriter& writer, bool (*accept)(std::size_t) = every) {
  auto reader = CaptureReader::open(std::make_unique<MemorySource>(file));
  if (!reader) return std::unexpected(reader.error());
  if (auto begun = writer.begin(reader->info()); !begun) return begun;
  std::size_t number = 0;
  for (;;) {
    const auto batch = reader->next_batch();
    if (!batch) return std::unexpected(batch.error());
    if (batch->end()) return {};
    std::vector<std::uint32_t> accepted;
    for (std::uint32_t i = 0; i < batch->packets.size(); ++i) {
      if (accept(number++)) accepted.push_back(i);
    }
    if (auto written = writer.write(*batch, accepted); !written) return written;
  }
}

Written rewritten(const std::vector<Bytes>& files, const WriterOptions& options = {},
                  bool (*accept)(std::size_t) = every) {
  Written written;
  CaptureWriter writer = CaptureWriter::over(std::make_unique<MemorySink>(written), options);
  for (const Bytes& file : files) {
    const auto copied = copy(file, writer, accept);
    EXPECT_TRUE(copied) << copied.error().message;
  }
  const auto closed = writer.close();
  EXPECT_TRUE(closed) << closed.error().message;
  return written;
}

Bytes rewrite(const Bytes& file, const WriterOptions& options = {},
              bool (*accept)(std::size_t) = every) {
  return rewritten({file}, options, accept).bytes;
}

// The error of copying `file`, wherever it shows.
std::string copy_error(const Bytes& file, const WriterOptions& options, SinkFaults faults = {}) {
  Written written;
  CaptureWriter writer =
      CaptureWriter::over(std::make_unique<MemorySink>(written, faults), options);
  const auto copied = copy(file, writer);
  const auto closed = writer.close();
  EXPECT_TRUE(written.closed);
  if (!copied) return copied.error().message;
  return closed ? "" : closed.error().message;
}

Bytes pcap(std::endian order, std::uint32_t magic, unsigned packets, std::uint32_t network = 1) {
  Bytes file = pcap_header(order, {.magic = magic, .network = network});
  for (unsigned i = 0; i < packets; ++i) {
    file = std::move(file) + pcap_record(order, 1'700'000'000 + i, 123'456, payload(40 + i, i));
  }
  return file;
}

// --- as they stand ---

class SameFormat : public testing::TestWithParam<std::pair<std::endian, std::uint32_t>> {};

TEST_P(SameFormat, AWholeFileIsCopiedByteForByte) {
  const auto [order, magic] = GetParam();
  const Bytes file = pcap(order, magic, 20);
  EXPECT_EQ(rewrite(file), file);
}

INSTANTIATE_TEST_SUITE_P(All, SameFormat,
                         testing::Values(std::pair{kLittle, 0xa1b2c3d4},
                                         std::pair{kBig, 0xa1b2c3d4},
                                         std::pair{kLittle, 0xa1b23c4d},
                                         std::pair{kBig, 0xa1b23c4d}));

TEST(Rewrite, ContiguousAcceptedRecordsLeaveInOneWrite) {
  Bytes file = pcap_header(kLittle);
  for (unsigned i = 0; i < 100; ++i) {
    file = std::move(file) + pcap_record(kLittle, i, 0, payload(1400, i));
  }
  const Written written = rewritten({file});
  EXPECT_EQ(written.bytes, file);
  EXPECT_EQ(written.writes, (std::vector<std::size_t>{24, 141'600}));
}

TEST(Rewrite, SelectedRecordsKeepTheirBytes) {
  const Bytes file = pcap(kBig, 0xa1b23c4d, 7);
  const ReadResult before = read_all(file);
  const ReadResult after = read_all(rewrite(file, {}, odd));
  EXPECT_EQ(after.records, (std::vector{before.records[1], before.records[3], before.records[5]}));
}

TEST(Rewrite, NothingAcceptedLeavesTheHeader) {
  const Bytes file = pcap(kLittle, 0xa1b2c3d4, 3, 113);
  EXPECT_EQ(rewrite(file, {}, none), pcap_header(kLittle, {.network = 113}));
}

TEST(Rewrite, TheFcsBitsOfTheLinkTypeStay) {
  const Bytes file = pcap(kLittle, 0xa1b2c3d4, 2, 0x4400'0001);
  EXPECT_EQ(rewrite(file), file);
}

TEST(Rewrite, ModifiedFormatsBecomePlainPcap) {
  const Bytes file = pcap_header(kBig, {.magic = 0xa1b2cd34}) +
                     pcap_record(kBig, {5, 6, 3, 60}, Bytes(8) + payload(3));
  EXPECT_EQ(rewrite(file),
            pcap_header(kBig, {.snaplen = 262144}) + pcap_record(kBig, {5, 6, 3, 60}, payload(3)));
}

TEST(Rewrite, AFakedEthernetHeaderHasRoomBesideTheSnaplen) {
  const Bytes file = pcap_header(kLittle, {.magic = 0xa1b2cd34, .snaplen = 68}) +
                     pcap_record(kLittle, {5, 6, 82, 90}, Bytes(8) + payload(82));
  EXPECT_EQ(rewrite(file), pcap_header(kLittle, {.snaplen = 82}) +
                               pcap_record(kLittle, {5, 6, 82, 90}, payload(82)));
}

TEST(Rewrite, LaterSourcesMayHaveALargerSnaplen) {
  const Bytes small =
      pcap_header(kLittle, {.snaplen = 68}) + pcap_record(kLittle, 1, 0, payload(60));
  const Bytes large = pcap_header(kLittle) + pcap_record(kLittle, 2, 0, payload(1500));
  EXPECT_EQ(rewritten({small, large}, {.several_sources = true}).bytes,
            pcap_header(kLittle) + pcap_record(kLittle, 1, 0, payload(60)) +
                pcap_record(kLittle, 2, 0, payload(1500)));
}

TEST(Rewrite, OldLengthOrdersBecomeTodays) {
  const Bytes file =
      pcap_header(kLittle, {.minor = 2}) + pcap_record(kLittle, {5, 6, 60, 3}, payload(3));
  EXPECT_EQ(rewrite(file), pcap_header(kLittle) + pcap_record(kLittle, {5, 6, 3, 60}, payload(3)));
}

TEST(Rewrite, FilesOfOneLayoutAreJoined) {
  const Bytes first = pcap(kLittle, 0xa1b2c3d4, 2);
  const Bytes second = pcap(kBig, 0xa1b2c3d4, 2);
  const ReadResult result = read_all(rewritten({first, first, second}).bytes);
  ASSERT_FALSE(result.error);
  ASSERT_EQ(result.packets.size(), 6u);
  EXPECT_EQ(result.packets[0], result.packets[2]);
  EXPECT_EQ(result.packets[0], result.packets[4]);
}

// --- pcapng as it stands ---

Bytes comment(std::endian order, std::string_view words) {
  return option(order, 1, text(words)) + option(order, 0, {});
}

Bytes rich_pcapng(std::endian order) {
  return section(order, comment(order, "the file")) +
         interface(order, 1, 0, comment(order, "the interface")) +
         enhanced_packet(order, 0, 1, payload(20, 0), comment(order, "first")) +
         block(order, 4, payload(8)) + interface(order, 276) +
         enhanced_packet(order, 1, 2, payload(21, 1), comment(order, "second")) +
         block(order, 0xbad, payload(12)) + old_packet(order, 0, 3, payload(22, 2)) +
         simple_packet(order, 23, payload(23, 3)) + block(order, 5, payload(8));
}

TEST(RewritePcapng, AWholeFileIsCopiedByteForByte) {
  for (const std::endian order : {kLittle, kBig}) {
    EXPECT_EQ(rewrite(rich_pcapng(order)), rich_pcapng(order));
  }
}

TEST(RewritePcapng, SelectedPacketsKeepTheirCommentsAndAllOtherBlocks) {
  const ReadResult before = read_all(rich_pcapng(kBig));
  const ReadResult after = read_all(rewrite(rich_pcapng(kBig), {}, odd));
  ASSERT_FALSE(after.error);
  EXPECT_EQ(after.records, (std::vector{before.records[1], before.records[3]}));
  EXPECT_EQ(after.others, before.others);
}

TEST(RewritePcapng, OtherBlocksStayInTheirPlacesBetweenThePackets) {
  const Bytes expected = section(kLittle) + interface(kLittle, 1) + block(kLittle, 5, payload(4)) +
                         enhanced_packet(kLittle, 0, 2, payload(5)) + block(kLittle, 4, payload(4));
  const Bytes file = section(kLittle) + interface(kLittle, 1) +
                     enhanced_packet(kLittle, 0, 1, payload(5)) + block(kLittle, 5, payload(4)) +
                     enhanced_packet(kLittle, 0, 2, payload(5)) + block(kLittle, 4, payload(4));
  EXPECT_EQ(rewrite(file, {}, odd), expected);
}

TEST(RewritePcapng, ASectionsLengthIsNoLongerClaimed) {
  const Bytes packets = interface(kBig, 1) + enhanced_packet(kBig, 0, 1, payload(20));
  EXPECT_EQ(rewrite(section(kBig, {}, packets.size()) + packets), section(kBig) + packets);
}

TEST(RewritePcapng, BlocksThatAskNotToBeCopiedAreNot) {
  const Bytes before = section(kLittle) + interface(kLittle, 1);
  const Bytes after = enhanced_packet(kLittle, 0, 1, payload(20));
  EXPECT_EQ(rewrite(before + block(kLittle, 0x4000'0bad, payload(8)) + after), before + after);
}

TEST(RewritePcapng, FilesAreJoinedAsSections) {
  const Bytes little = rich_pcapng(kLittle);
  const Bytes big = rich_pcapng(kBig);
  EXPECT_EQ(rewritten({little, big}).bytes, little + big);
}

// --- cutting ---

TEST(Cut, LongPacketsAreCutAndShortOnesStay) {
  for (const std::endian order : {kLittle, kBig}) {
    const Bytes header = pcap_header(order, {.snaplen = 8});
    const Bytes file = pcap_header(order) + pcap_record(order, 1, 2, payload(8)) +
                       pcap_record(order, 3, 4, payload(9));
    EXPECT_EQ(rewrite(file, {.snaplen = 8}), header + pcap_record(order, 1, 2, payload(8)) +
                                                 pcap_record(order, {3, 4, 8, 9}, payload(8)));
  }
}

TEST(Cut, PcapngKeepsOptionsAndTellsTheSnaplen) {
  for (const std::endian order : {kLittle, kBig}) {
    const Bytes words = comment(order, "kept");
    const Bytes file = section(order) + interface(order, 1) + interface(order, 1, 3) +
                       enhanced_packet(order, 0, 7, payload(11), words) +
                       old_packet(order, 0, 8, payload(10)) + simple_packet(order, 9, payload(9));
    const ReadResult result = read_all(rewrite(file, {.snaplen = 6}));
    ASSERT_FALSE(result.error) << result.error->message;
    ASSERT_EQ(result.packets.size(), 3u);
    EXPECT_EQ(result.records[0], enhanced_packet(order, 0, 7, payload(6), words, 11));
    EXPECT_EQ(result.packets[1].bytes, payload(6));
    EXPECT_EQ(result.packets[1].wire_length, 10u);
    EXPECT_EQ(result.records[2], simple_packet(order, 9, payload(6)));
    EXPECT_EQ(result.packets[2].bytes, payload(6));
    EXPECT_EQ(result.info.interfaces[0].snaplen, 6u);
    EXPECT_EQ(result.info.interfaces[1].snaplen, 3u);
  }
}

// --- converting ---

TEST(Convert, PcapToPcapngAndBackGivesTheSameFile) {
  for (const std::uint32_t magic : {0xa1b2c3d4, 0xa1b23c4d}) {
    const Bytes file = pcap(kLittle, magic, 5, 113);
    const Bytes converted = rewrite(file, {.format = Format::kPcapng});
    EXPECT_EQ(read_all(converted).info.format, Format::kPcapng);
    EXPECT_EQ(read_all(converted).packets, read_all(file).packets);
    EXPECT_EQ(rewrite(converted, {.format = Format::kPcap}), file);
  }
}

TEST(Convert, MicrosecondsToNanosecondsIsExact) {
  const Bytes micro = pcap(kBig, 0xa1b2c3d4, 5);
  const Bytes nano = rewrite(micro, {.ticks_per_second = capfile::kNanoseconds});
  EXPECT_EQ(read_all(nano).info.pcap.ticks_per_second, capfile::kNanoseconds);
  EXPECT_EQ(read_all(nano).packets, read_all(micro).packets);
  EXPECT_EQ(rewrite(nano, {.ticks_per_second = capfile::kMicroseconds}), micro);
}

TEST(Convert, MicrosecondsOnRequestRoundDown) {
  const Bytes nano =
      pcap_header(kLittle, {.magic = 0xa1b23c4d}) + pcap_record(kLittle, 1, 1'999, payload(1));
  const ReadResult result = read_all(rewrite(nano, {.ticks_per_second = capfile::kMicroseconds}));
  EXPECT_EQ(result.packets.at(0).time_ns, 1'000'001'000);
}

TEST(Convert, FinerInterfacesMakeANanosecondPcap) {
  const Bytes nano = option(kLittle, 9, {std::byte{9}});
  const Bytes file = section(kLittle) + interface(kLittle, 1, 0, nano) +
                     enhanced_packet(kLittle, 0, 1'234'567'891, payload(4));
  const ReadResult result = read_all(rewrite(file, {.format = Format::kPcap}));
  EXPECT_EQ(result.packets.at(0).time_ns, 1'234'567'891);
}

TEST(Convert, ATimeStampIsNeverRoundedUnasked) {
  const Bytes nano = option(kLittle, 9, {std::byte{9}});
  Bytes file = section(kLittle) + interface(kLittle, 1);
  for (int i = 0; i < 600; ++i) file = file + enhanced_packet(kLittle, 0, 5, payload(4));
  file = file + interface(kLittle, 1, 0, nano) + enhanced_packet(kLittle, 1, 5, payload(4));
  EXPECT_EQ(copy_error(file, {.format = Format::kPcap}),
            "the file was begun with microseconds, and a packet has a finer time stamp");
  EXPECT_EQ(copy_error(file, {.format = Format::kPcap, .ticks_per_second = capfile::kNanoseconds}),
            "");
}

TEST(Convert, ATimeStampThatPcapCannotHoldIsAnError) {
  const Bytes file = section(kLittle) + interface(kLittle, 1) +
                     enhanced_packet(kLittle, 0, 4'294'967'296'000'000, payload(4));
  EXPECT_EQ(copy_error(file, {.format = Format::kPcap}),
            "a pcap file cannot hold a time stamp before 1970 or after 2106");
}

TEST(Convert, SeveralLinkTypesIntoPcapIsAnErrorThatNamesThem) {
  const Bytes file = section(kLittle) + interface(kLittle, 1) + interface(kLittle, 276) +
                     enhanced_packet(kLittle, 0, 0, payload(4)) +
                     enhanced_packet(kLittle, 1, 0, payload(4));
  EXPECT_EQ(copy_error(file, {.format = Format::kPcap}),
            "a pcap file holds one link type: this one has EN10MB, the packet has LINUX_SLL2");
}

TEST(Convert, OneOfSeveralLinkTypesIntoPcapIsFine) {
  const Bytes file = section(kLittle) + interface(kLittle, 1) + interface(kLittle, 276) +
                     enhanced_packet(kLittle, 0, 0, payload(4)) +
                     enhanced_packet(kLittle, 1, 0, payload(5));
  const ReadResult result = read_all(rewrite(file, {.format = Format::kPcap}, odd));
  EXPECT_EQ(result.info.interfaces.at(0).link_type, LinkType::kLinuxSll2);
  EXPECT_EQ(result.packets.at(0).bytes, payload(5));
}

TEST(Convert, PacketsLongerThanTheirInterfacesSnaplenStayWhole) {
  const Bytes file =
      section(kLittle) + interface(kLittle, 1, 4) + enhanced_packet(kLittle, 0, 0, payload(9));
  const ReadResult result = read_all(rewrite(file, {.format = Format::kPcap}));
  EXPECT_EQ(result.packets.at(0).bytes, payload(9));
}

TEST(Convert, APacketLongerThanTheSnaplenOfTheFirstPcapIsAnError) {
  const Bytes small = pcap_header(kLittle, {.snaplen = 64});
  const Bytes fits = pcap_header(kLittle) + pcap_record(kLittle, 0, 0, payload(64));
  const Bytes too_long = pcap_header(kLittle) + pcap_record(kLittle, 0, 0, payload(65));
  EXPECT_EQ(read_all(rewritten({small, fits}).bytes).packets.size(), 1u);

  Written written;
  CaptureWriter writer = CaptureWriter::over(std::make_unique<MemorySink>(written), {});
  ASSERT_TRUE(copy(small, writer));
  const auto copied = copy(too_long, writer);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().message,
            "a packet of 65 bytes does not go into a pcap file of snaplen 64");
}

TEST(Convert, JoiningPcapFilesOfSeveralLinkTypesNeedsPcapng) {
  const Bytes ethernet = pcap(kLittle, 0xa1b2c3d4, 2, 1);
  const Bytes cooked = pcap(kLittle, 0xa1b23c4d, 2, 113);
  const Written written = rewritten({ethernet, cooked, ethernet}, {.format = Format::kPcapng});
  const ReadResult result = read_all(written.bytes);
  ASSERT_FALSE(result.error);
  ASSERT_EQ(result.packets.size(), 6u);
  EXPECT_EQ(result.info.interfaces.size(), 2u) << "an interface is described once";
  EXPECT_EQ(result.packets[3].link_type, LinkType::kLinuxSll);
  EXPECT_EQ(result.packets[5].link_type, LinkType::kEn10mb);
}

TEST(Convert, PcapAfterPcapngStartsASectionOfItsOwn) {
  const Written written =
      rewritten({rich_pcapng(kBig), pcap(kLittle, 0xa1b2c3d4, 2)}, {.format = Format::kPcapng});
  const ReadResult result = read_all(written.bytes);
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets.size(), 6u);
  EXPECT_EQ(result.packets.back().interface_id, 2u);
}

TEST(Convert, PacketsFromARingKeepDirectionInterfaceAndTime) {
  Written written;
  CaptureWriter writer = CaptureWriter::over(std::make_unique<MemorySink>(written),
                                             {.format = Format::kPcapng, .snaplen = 3});
  capfile::CaptureInfo ring;
  ring.interfaces = {{.ticks_per_second = capfile::kNanoseconds, .name = "eth0"},
                     {.link_type = LinkType::kRaw, .name = "tun0", .description = "a tunnel"}};
  ring.format = Format::kPcap;
  ASSERT_TRUE(writer.begin(ring));
  const Bytes data = payload(5);
  ASSERT_TRUE(writer.write(Packet{.bytes = data,
                                  .wire_length = 5,
                                  .time_ns = 77,
                                  .interface_id = 0,
                                  .direction = Direction::kOutbound}));
  ASSERT_TRUE(writer.write(Packet{.bytes = data,
                                  .wire_length = 9,
                                  .time_ns = 9000,
                                  .link_type = LinkType::kRaw,
                                  .interface_id = 1,
                                  .direction = Direction::kInbound}));
  ASSERT_TRUE(writer.close());
  const ReadResult result = read_all(written.bytes);
  ASSERT_EQ(result.packets.size(), 2u);
  EXPECT_EQ(result.packets[0].time_ns, 77);
  EXPECT_EQ(result.packets[0].bytes, payload(3));
  EXPECT_EQ(result.packets[0].direction, Direction::kOutbound);
  EXPECT_EQ(result.packets[1].time_ns, 9000);
  EXPECT_EQ(result.packets[1].direction, Direction::kInbound);
  EXPECT_EQ(result.packets[1].wire_length, 9u);
  EXPECT_EQ(result.info.interfaces[1].name, "tun0");
  EXPECT_EQ(result.info.interfaces[1].description, "a tunnel");
}

// --- ends and errors ---

TEST(Writer, AFileWithoutAnySourceIsSound) {
  for (const Format format : {Format::kPcap, Format::kPcapng}) {
    const ReadResult result = read_all(rewritten({}, {.format = format}).bytes);
    EXPECT_FALSE(result.error) << result.error->message;
    EXPECT_EQ(result.info.format, format);
  }
}

TEST(Writer, ASourceWithoutPacketsMayBeGoneBeforeTheFileIsClosed) {
  EXPECT_EQ(rewrite(section(kBig) + interface(kBig, 113), {.format = Format::kPcap}),
            pcap_header(kLittle, {.network = 113}));
}

TEST(Writer, AFileWhoseFirstPacketDoesNotFitIsStillSound) {
  const Bytes file = section(kLittle) + interface(kLittle, 113) +
                     enhanced_packet(kLittle, 0, 4'294'967'296'000'000, payload(4));
  Written written;
  CaptureWriter writer =
      CaptureWriter::over(std::make_unique<MemorySink>(written), {.format = Format::kPcap});
  EXPECT_FALSE(copy(file, writer));
  EXPECT_TRUE(writer.close());
  EXPECT_EQ(written.bytes, pcap_header(kLittle, {.network = 113}));
}

TEST(Writer, AFullDiskIsAnErrorWhereverItFills) {
  const Bytes file = pcap(kLittle, 0xa1b2c3d4, 3000);
  for (const std::size_t space : {0ul, 23ul, 24ul, 100'000ul, file.size() - 1}) {
    EXPECT_EQ(copy_error(file, {}, {.space = space}),
              "cannot write `memory`: No space left on device")
        << space;
  }
  EXPECT_EQ(copy_error(file, {}, {.space = file.size()}), "");
}

// What is in the file after copying `file` to a disk with room for so many bytes.
Bytes copied_to_disk_of(std::size_t space, const Bytes& file, const WriterOptions& options) {
  Written written;
  CaptureWriter writer = CaptureWriter::over(
      std::make_unique<MemorySink>(written, SinkFaults{.space = space}), options);
  const bool copied = copy(file, writer).has_value();
  const bool closed = writer.close().has_value();
  EXPECT_FALSE(copied && closed) << space;
  return written.bytes;
}

// Of every length at which the disk may be full.
void expect_whole_records(const Bytes& file, const WriterOptions& options, std::size_t head) {
  const Bytes all = rewrite(file, options);
  std::size_t packets = 0;
  for (std::size_t space = head; space < all.size(); ++space) {
    const Bytes part = copied_to_disk_of(space, file, options);
    ASSERT_TRUE(std::ranges::equal(part, std::span(all).first(part.size()))) << space;
    const ReadResult result = read_all(part);
    ASSERT_FALSE(result.error) << space << ": " << result.error->message;
    ASSERT_GE(result.packets.size(), packets) << space;
    packets = result.packets.size();
  }
  EXPECT_EQ(packets + 1, read_all(all).packets.size()) << "less than fits is kept";
}

TEST(Writer, AFullDiskHoldsWholeRecords) {
  for (const std::endian order : {kLittle, kBig}) {
    const Bytes file = pcap(order, 0xa1b2c3d4, 8);
    expect_whole_records(file, {}, 24);
    expect_whole_records(file, {.snaplen = 33}, 24);
    expect_whole_records(file, {.format = Format::kPcapng}, 100);
    Bytes blocks = section(order) + interface(order, 1);
    for (unsigned i = 0; i < 8; ++i) blocks = blocks + enhanced_packet(order, 0, i, payload(9 + i));
    expect_whole_records(blocks, {}, 64);
  }
}

TEST(Writer, AFullDiskHoldsWholeRecordsOfALargeFileToo) {
  const Bytes file = pcap(kLittle, 0xa1b2c3d4, 2000);
  for (const std::size_t space : {100'000ul, 262'143ul, 300'001ul, file.size() - 1}) {
    const ReadResult result = read_all(copied_to_disk_of(space, file, {}));
    EXPECT_FALSE(result.error) << space;
    EXPECT_GT(result.packets.size(), 300u);
  }
}

TEST(Writer, AnErrorOfCloseIsNotLost) {
  EXPECT_EQ(copy_error(pcap(kLittle, 0xa1b2c3d4, 1), {}, {.close_fails = true}),
            "cannot close `memory`: No space left on device");
}

TEST(Writer, AFlushMakesAllThatWasWrittenReadable) {
  Written written;
  CaptureWriter writer = CaptureWriter::over(std::make_unique<MemorySink>(written), {});
  ASSERT_TRUE(copy(pcap(kLittle, 0xa1b2c3d4, 3), writer));
  EXPECT_TRUE(written.bytes.empty());
  ASSERT_TRUE(writer.flush());
  EXPECT_EQ(read_all(written.bytes).packets.size(), 3u);
  EXPECT_EQ(writer.bytes_written(), written.bytes.size());
}

TEST(Writer, ADirectoryThatIsNotThereIsNamed) {
  const auto writer = CaptureWriter::create("/nonexistent/x.pcap", {});
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().message,
            "cannot create `/nonexistent/x.pcap`: No such file or directory");
}

}  // namespace
}  // namespace weir::test
