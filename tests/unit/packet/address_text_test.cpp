#include "packet/address_text.h"

#include <gtest/gtest.h>

#include "harness/hex.h"

namespace weir::packet {
namespace {

using test::hex;

TEST(AddressText, WritesIp4AsFourNumbers) {
  EXPECT_EQ(ip4_text(0xc0a80001), "192.168.0.1");
  EXPECT_EQ(ip4_text(0), "0.0.0.0");
}

// The examples of RFC 5952, section 4.
TEST(AddressText, ShortensTheLongestRunOfZerosInIp6) {
  EXPECT_EQ(ip6_text(hex("20010db8000000000000000000000001")), "2001:db8::1");
  EXPECT_EQ(ip6_text(hex("20010db8000000010001000100010001")), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(ip6_text(hex("20010000000000010000000000000001")), "2001:0:0:1::1");
  EXPECT_EQ(ip6_text(hex("20010db8000000000001000000000001")), "2001:db8::1:0:0:1");
  EXPECT_EQ(ip6_text(hex("00000000000000000000000000000000")), "::");
  EXPECT_EQ(ip6_text(hex("fe800000000000000000000000000000")), "fe80::");
}

TEST(AddressText, WritesEthernetAddressesWithColons) {
  EXPECT_EQ(mac_text(hex("0a0b0c0d0e0f")), "0a:0b:0c:0d:0e:0f");
  EXPECT_EQ(mac_text({}), "");
}

}  // namespace
}  // namespace weir::packet
