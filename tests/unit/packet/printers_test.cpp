// Messages that are broken, cut short, or made to lead a printer astray.
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/hex.h"
#include "packet/print/packet_printer.h"

namespace weir::packet {
namespace {

using test::hex;

void put16(std::vector<std::byte>& out, std::size_t value) {
  out.push_back(static_cast<std::byte>(value >> 8));
  out.push_back(static_cast<std::byte>(value));
}

// An IPv4 packet from port 1000 to `port`, with no checksums.
std::vector<std::byte> packet_to(std::uint8_t protocol, std::uint16_t port,
                                 std::span<const std::byte> payload) {
  constexpr std::uint8_t kTcp = 6;
  const std::size_t header = protocol == kTcp ? 20 : 8;
  std::vector<std::byte> out = hex("4500");
  put16(out, 20 + header + payload.size());
  for (const std::byte byte : hex("0001 0000 40")) out.push_back(byte);
  out.push_back(static_cast<std::byte>(protocol));
  for (const std::byte byte : hex("0000 0a000001 0a000002 03e8")) out.push_back(byte);
  put16(out, port);
  if (protocol == kTcp) {
    for (const std::byte byte : hex("00000001 00000001 5018 0400 0000 0000")) out.push_back(byte);
  } else {
    put16(out, header + payload.size());
    put16(out, 0);
  }
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

std::string printed(std::span<const std::byte> bytes, std::size_t captured, int verbose,
                    FieldSink* fields = nullptr) {
  PacketPrinter printer(
      {.numeric = true, .verbose = verbose, .timestamp = Timestamp::kNone, .local_network = {}},
      nullptr, fields);
  printer.print({.bytes = bytes.first(captured),
                 .wire_length = static_cast<std::uint32_t>(bytes.size()),
                 .link_type = LinkType::kRaw},
                1);
  return std::string(printer.text());
}

std::string udp(std::uint16_t port, std::string_view payload, int verbose = 0) {
  const std::vector<std::byte> bytes = packet_to(17, port, hex(payload));
  return printed(bytes, bytes.size(), verbose);
}

std::string tcp(std::uint16_t port, std::span<const std::byte> payload, int verbose = 0) {
  const std::vector<std::byte> bytes = packet_to(6, port, payload);
  return printed(bytes, bytes.size(), verbose);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::byte> bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

constexpr std::string_view kQuery = "1234 0100 0001 0000 0000 0000 ";

TEST(DnsPrinter, FollowsPointersBackwardsOnly) {
  const std::string query(kQuery);
  EXPECT_TRUE(holds(udp(53, query + "0161 00 0001 0001"), "4660+ A? a. (19)"));
  EXPECT_TRUE(holds(udp(53, query + "c00c 0001 0001"), "A? <BAD PTR> [|domain]"));
  EXPECT_TRUE(holds(udp(53, query + "0161 c0ff 0001 0001"), "A? a.<BAD PTR> [|domain]"));
}

TEST(DnsPrinter, EndsWhereTheMessageIsCut) {
  const std::string query(kQuery);
  EXPECT_TRUE(holds(udp(53, query + "3f61"), "4660+ [|domain]"));
  EXPECT_TRUE(holds(udp(53, "1234"), "domain [length 2 < 12] (invalid)"));
  EXPECT_TRUE(holds(udp(53, query), "4660+ [|domain]"));
}

TEST(DnsPrinter, EscapesControlCharacters) {
  EXPECT_TRUE(holds(udp(53, std::string(kQuery) + "021b80 00 0001 0001"), "A? ^[M-^@. (20)"));
}

TEST(SnmpPrinter, RefusesLengthsBehindTheEnd) {
  EXPECT_TRUE(holds(udp(161, "3084ffffffff"), "[len0<asnlen4294967295]"));
  EXPECT_TRUE(holds(udp(161, "30890101"), "[asnlen? 2<9]"));
  EXPECT_TRUE(holds(udp(161, "1fffff"), "snmp]"));
}

TEST(RespPrinter, StopsAtNestedArrays) {
  std::string arrays;
  for (int i = 0; i < 500; ++i) arrays += "*1\r\n";
  EXPECT_TRUE(holds(tcp(6379, bytes_of(arrays)), "too many headers within headers"));
  EXPECT_TRUE(holds(tcp(6379, bytes_of("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n")), "RESP \"GET\" \"k\"\n"));
  EXPECT_TRUE(holds(tcp(6379, bytes_of("$-1\r\n$99999999999\r\n")), " null length too large\n"));
}

// A client hello for example.org, its versions 1.3 and a made-up one.
std::vector<std::byte> client_hello() {
  return hex(
      "16 0301 0061 01 00005d 0303 "
      "0000000000000000000000000000000000000000000000000000000000000000 00 0002 1301 01 00 0032 "
      "0000 0010 000e 00 000b 6578616d706c652e6f7267 "
      "002b 0005 04 fafa 0304 "
      "0010 000e 000c 02 6832 08 687474702f312e31 "
      "0000");
}

TEST(TlsPrinter, ShowsNamesOfAHello) {
  const std::vector<std::byte> hello = client_hello();
  EXPECT_TRUE(
      holds(tcp(8443, hello, 1), " TLS 1.3 client hello, SNI example.org, ALPN h2,http/1.1\n"));
  EXPECT_FALSE(holds(tcp(8443, hello), "TLS"));
}

TEST(TlsPrinter, ShowsWhatIsThereOfASplitHello) {
  const std::vector<std::byte> hello = client_hello();
  for (std::size_t size = 0; size < hello.size(); ++size) {
    const std::string text = tcp(8443, std::span(hello).first(size), 1);
    EXPECT_FALSE(holds(text, "[|")) << size;
  }
}

struct Sample {
  std::uint16_t port;
  std::string_view payload;
};
constexpr Sample kSamples[] = {
    {53,
     "1234 8180 0001 0002 0000 0001 0161 00 0001 0001 c00c 0005 0001 0000003c 0002 c00c "
     "c00c 0010 0001 0000003c 0003 026162 00 0029 04d0 0000 8000 0004 000a 0000"},
    {161,
     "3029 020101 0406 7075626c6963 a01c 0204 00000001 020100 020100 300e 300c 0608 "
     "2b06010201010500 0500"},
    {547,
     "0c 00 00000000000000000000000000000001 00000000000000000000000000000002 0009 000c "
     "01 000001 0001 0004 0003 0001"},
    {520, "0202 0000 0002 0000 0a000000 ff000000 00000000 00000001"},
    {123,
     "2302 0400 00000000 00000000 0a000001 0000000000000000 0000000000000000 "
     "0000000000000000 e000000080000000"},
};

// Counts the fields, which must lie inside the packet.
class CountingSink : public FieldSink {
 public:
  explicit CountingSink(std::size_t size) : size_(size) {}
  void layer(const Protocol&, std::size_t offset, std::size_t) override {
    EXPECT_LE(offset, size_);
  }
  void field(const Field& field, std::size_t offset, std::size_t size, const FieldValue&) override {
    EXPECT_LE(offset + size, size_) << field.name;
    ++count;
  }

  int count = 0;

 private:
  std::size_t size_;
};

TEST(Printers, TellFieldsInsideThePacket) {
  for (const Sample& sample : kSamples) {
    const std::vector<std::byte> bytes = packet_to(17, sample.port, hex(sample.payload));
    for (std::size_t captured = 0; captured <= bytes.size(); ++captured) {
      CountingSink sink(captured);
      printed(bytes, captured, 3, &sink);
      if (captured == bytes.size()) {
        EXPECT_GT(sink.count, 15) << sample.port;
      }
    }
  }
}

// Whatever of a packet was captured, printing it ends.
TEST(Printers, EndAtEveryCut) {
  for (const Sample& sample : kSamples) {
    const std::vector<std::byte> bytes = packet_to(17, sample.port, hex(sample.payload));
    for (std::size_t captured = 0; captured <= bytes.size(); ++captured) {
      const std::string text = printed(bytes, captured, 3);
      ASSERT_FALSE(text.empty());
      EXPECT_EQ(text.back(), '\n') << sample.port << " " << captured;
    }
  }
}

}  // namespace
}  // namespace weir::packet
