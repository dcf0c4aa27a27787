// The pcapng format (draft-ietf-opsawg-pcapng), described once for reading and writing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace weir::capfile {

enum class BlockType : std::uint32_t {
  kInterface = 1,
  kPacket = 2,  // obsolete
  kSimplePacket = 3,
  kNames = 4,
  kStatistics = 5,
  kEnhancedPacket = 6,
  kDecryptionSecrets = 10,
  kCustom = 0x00000bad,
  kCustomNoCopy = 0x40000bad,  // "should not be copied to a new file by a program that changes it"
  kSection = 0x0a0d0d0a,       // the same in both byte orders
};

inline constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
inline constexpr std::uint16_t kPcapngMajor = 1;
inline constexpr std::uint64_t kUnknownSectionLength = ~std::uint64_t{0};

inline constexpr std::size_t kBlockHeader = 8;  // type and total length
inline constexpr std::size_t kBlockTrailer = 4;
inline constexpr std::size_t kMinBlock = kBlockHeader + kBlockTrailer;

// Total lengths, and offsets within a block.
inline constexpr std::size_t kMinSection = 28;
inline constexpr std::size_t kSectionLengthOffset = 16;
inline constexpr std::size_t kMinInterface = 20;
inline constexpr std::size_t kInterfaceSnaplenOffset = 12;
inline constexpr std::size_t kPacketData = 28;  // enhanced packet and (old) packet
inline constexpr std::size_t kPacketCaplenOffset = 20;
inline constexpr std::size_t kSimplePacketData = 12;

// A block may be this long, or as long as its link type's longest packet and options need.
inline constexpr std::uint32_t kMaxBlock = 16u << 20;
inline constexpr std::uint32_t kMaxBlockOverhead = 128u << 10;

inline constexpr std::uint16_t kOptionEnd = 0;
inline constexpr std::uint16_t kOptionComment = 1;
inline constexpr std::uint16_t kOptionPacketFlags = 2;
inline constexpr std::uint16_t kOptionInterfaceName = 2;
inline constexpr std::uint16_t kOptionInterfaceDescription = 3;
inline constexpr std::uint16_t kOptionUserApplication = 4;
inline constexpr std::uint16_t kOptionTimeResolution = 9;
inline constexpr std::uint16_t kOptionTimeOffset = 14;

constexpr std::size_t padded(std::size_t length) { return (length + 3) & ~std::size_t{3}; }

}  // namespace weir::capfile
