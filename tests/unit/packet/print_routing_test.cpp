// What the printers of routing protocols guess or count by themselves.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/hex.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet {
namespace {

using test::hex;

// What `print` makes of `text`, of which `missing` bytes at the end have not been captured.
std::string printed(Printer print, std::string_view text, int verbose, std::size_t missing = 0) {
  const std::vector<std::byte> bytes = hex(text);
  PrintOptions options;
  options.numeric = true;
  options.verbose = verbose;
  FlowTable flows(4);
  Line line(options, flows, nullptr, nullptr);
  print(line, line.begin(std::span(bytes).first(bytes.size() - missing), bytes.size()));
  line.end();
  return std::string(line.text().view());
}

constexpr std::string_view kMarker = "ffff ffff ffff ffff ffff ffff ffff ffff ";

std::string update(std::string_view length, std::string_view body) {
  return std::string(kMarker) + std::string(length) + "02" + std::string(body);
}

TEST(PrintRouting, BgpNumbersOfTwoAndOfFourBytesAreToldApart) {
  // A sequence of two: 1 2, and 65536 2.
  EXPECT_NE(
      printed(bgp::print, update("0020", "0000 0009 4002 06 0202 0001 0002"), 1).find(": 1 2 "),
      std::string::npos);
  EXPECT_NE(printed(bgp::print, update("0024", "0000 000d 4002 0a 0202 00010000 00000002"), 1)
                .find(": 65536 2 "),
            std::string::npos);
}

TEST(PrintRouting, BgpPathIdentifiersAreGuessed) {
  // Two routes as they are, and two of which each has an identifier before it.
  EXPECT_NE(printed(bgp::print, update("001f", "0000 0000 180a0000 180a0001"), 1)
                .find("10.0.0.0/24\n\t    10.0.1.0/24"),
            std::string::npos);
  EXPECT_NE(printed(bgp::print, update("0027", "0000 0000 00000001 180a0000 00000002 180a0001"), 1)
                .find("10.0.0.0/24   Path Id: 1\n\t    10.0.1.0/24   Path Id: 2"),
            std::string::npos);
}

TEST(PrintRouting, BgpMessagesAreFoundInTheMidstOfASegment) {
  const std::string keepalive = std::string(kMarker) + "0013 04";
  EXPECT_EQ(printed(bgp::print, "00ff 01" + keepalive + keepalive, 1),
            "BGP [|bgp]\n\tKeepalive Message (4), length: 19\n\tKeepalive Message (4), length: 19");
  EXPECT_EQ(printed(bgp::print, keepalive + update("0100", "0000"), 1),
            "BGP\n\tKeepalive Message (4), length: 19\n[|BGP Update]");
  EXPECT_EQ(printed(bgp::print, std::string(kMarker) + "0012 04", 1),
            "BGP\nmessage length 18 < 19 (invalid)");
}

TEST(PrintRouting, CutPacketsEndWhereTheyAreCut) {
  constexpr std::string_view kTree =
      "0000 00 00 00 8000 001122334455 00000004 8000 665544332211 8001 0000 1400 0200 0f00";
  EXPECT_EQ(printed(stp::print, kTree, 0, 9), "STP 802.1d, Config, Flags [none] [|stp]");
  EXPECT_EQ(printed(stp::print, kTree, 0),
            "STP 802.1d, Config, Flags [none], bridge-id 8000.66:55:44:33:22:11.8001, length 35");
  EXPECT_EQ(printed(cdp::print, "02b4 0000 0001 0006 6162", 0, 1),
            "CDPv2, ttl: 180s, Device-ID 'a [|cdp]");
}

TEST(PrintRouting, LinkStatesOfBrokenLengthEnd) {
  // One advertisement is announced whose length does not cover its header.
  constexpr std::string_view kUpdate =
      "0204 0030 01010101 00000000 0000 0000 0000000000000000 00000001 "
      "0001 0201 01010101 01010101 80000001 0000 0013";
  const auto print = [](Line& line, const View& view) {
    ospf::print(
        line, view,
        {.header = view, .version = 4, .first_protocol = 89, .ttl = 1, .fragmented = false});
  };
  EXPECT_TRUE(printed(print, kUpdate, 1).ends_with("Bogus length 19 < header (20) [|ospf2]"));
}

TEST(PrintRouting, DurationsAreInTheirLargestUnits) {
  const auto duration = [](std::uint32_t seconds) {
    const PrintOptions options;
    FlowTable flows(4);
    Line line(options, flows, nullptr, nullptr);
    put_duration(line, seconds);
    return std::string(line.text().view());
  };
  EXPECT_EQ(duration(0), "0s");
  EXPECT_EQ(duration(105), "1m45s");
  EXPECT_EQ(duration(3600), "1h");
  EXPECT_EQ(duration(0xffffffff), "136y10w6h28m15s");
}

}  // namespace
}  // namespace weir::packet
