// The values from which expressions and packets are made: both draw from these few, so that a
// random expression matches a random packet about as often as it does not.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::difftest::values {

inline constexpr std::array<std::uint32_t, 10> kHosts4 = {
    0x0a000001, 0x0a000002, 0xc0a80101, 0xc0a80005, 0x0a010203,
    0xac100001, 0xe0000005, 0xffffffff, 0x7f000001, 0xc0a801ff,
};

struct Net4 {
  std::uint32_t address;
  std::uint8_t prefix;
};
inline constexpr std::array kNets4 = std::to_array<Net4>({
    {0x0a000000, 8},
    {0xc0a80000, 16},
    {0xc0a80100, 24},
    {0x0a000000, 30},
    {0xac100000, 12},
    {0xe0000000, 4},
    {0x00000000, 0},
    {0x80000000, 1},
    {0x0a000001, 32},
    {0x0a010000, 16},
});

inline constexpr auto kHosts6 = std::to_array<std::string_view>({
    "2001:db8::1",
    "2001:db8::2",
    "fe80::1",
    "ff02::1",
    "::1",
    "2001:db8:8000::5",
    "::ffff:10.0.0.1",
    "2001:db9::1",
    "::",
});

inline constexpr auto kNets6 = std::to_array<std::string_view>({
    "2001:db8::/32",
    "fe80::/10",
    "ff00::/8",
    "2001:db8::/48",
    "2001:db8::/33",
    "2001:db8:8000::/33",
    "2001:db8::/64",
    "::/0",
    "2000::/3",
    "2001:db8::/127",
    "2001:db8::1/128",
    "::ffff:0:0/96",
});

inline constexpr std::array<std::uint64_t, 6> kMacs = {
    0x001122334455, 0x66778899aabb, 0xffffffffffff, 0x0180c2000000, 0x01005e000005, 0x020000000001,
};

inline constexpr std::array<std::uint16_t, 14> kPorts = {80,  443,  53,   22,   1234,  8080, 8500,
                                                         123, 1023, 1024, 2905, 65535, 0,    85};

inline constexpr std::array<std::uint16_t, 2> kTunnelPorts = {6081, 4789};  // geneve, vxlan

inline constexpr std::array<std::uint8_t, 16> kIpProtocols = {6,  17,  1,   132, 58, 2,  51, 50,
                                                              44, 103, 112, 0,   47, 43, 60, 88};

inline constexpr std::array<std::uint16_t, 22> kEtherTypes = {
    0x0800, 0x86dd, 0x0806, 0x8100, 0x8847, 0x8864, 0x8035, 0x88a8, 0x8863, 0x809b, 0x80f3,
    0x8137, 0x6003, 0x6004, 0x6001, 0x6002, 0x6007, 0x88cc, 0x9000, 0x9100, 0x8848, 0x8809};

inline constexpr std::array<std::uint16_t, 6> kVlanIds = {100, 200, 300, 1, 2, 4095};
inline constexpr std::array<std::uint32_t, 5> kLabels = {1024, 16, 17, 100000, 0};
inline constexpr std::array<std::uint16_t, 3> kSessions = {0x27, 1, 2};
inline constexpr std::array<std::uint32_t, 4> kVnis = {11, 7, 12, 0xffffff};
inline constexpr std::array<std::uint32_t, 12> kLengths = {60,  64,  80,   100, 128,  500,
                                                           576, 590, 1000, 42,  1514, 0};
inline constexpr std::array<std::uint8_t, 12> kBytes = {0,  1,   2,    8,    64,   128,
                                                        69, 255, 0x11, 0x16, 0x60, 135};

}  // namespace weir::difftest::values
