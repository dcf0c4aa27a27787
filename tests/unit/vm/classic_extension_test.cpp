#include "isa/classic_extension.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "base/writer.h"
#include "isa/classic.h"
#include "vm/classic_interpreter.h"

namespace weir::vm {
namespace {

using isa::Extension;
using isa::stmt;

constexpr ClassicMetadata kMetadata = {.network_offset = 4,
                                       .payload_offset = 42,
                                       .protocol = 0x800,
                                       .packet_type = 4,
                                       .vlan_present = true,
                                       .vlan_tci = 0x2005,
                                       .vlan_tpid = 0x8100,
                                       .hardware_type = 1,
                                       .queue = 3,
                                       .interface_index = 7,
                                       .mark = 0xabcd,
                                       .receive_hash = 0x12345678,
                                       .cpu = 2,
                                       .random = 99};

constexpr std::array<std::byte, 8> kBytes = {std::byte{0}, std::byte{1}, std::byte{2},
                                             std::byte{3}, std::byte{4}, std::byte{5},
                                             std::byte{6}, std::byte{7}};

ClassicResult load(std::uint32_t k, ClassicMode mode, const ClassicMetadata* metadata = &kMetadata,
                   isa::ClassicOp op = isa::kLdbAbs) {
  const ClassicProgram program = {stmt(op, k), stmt(isa::kRetA)};
  return run_classic(program, {.bytes = kBytes, .wire_length = 8, .metadata = metadata},
                     {.mode = mode});
}

TEST(KernelExtensions, AreAnsweredFromTheMetadata) {
  const std::map<Extension, std::uint32_t> expected = {
      {Extension::kProtocol, 0x800},
      {Extension::kPacketType, 4},
      {Extension::kInterfaceIndex, 7},
      {Extension::kMark, 0xabcd},
      {Extension::kQueue, 3},
      {Extension::kHardwareType, 1},
      {Extension::kReceiveHash, 0x12345678},
      {Extension::kCpu, 2},
      {Extension::kVlanTci, 0x2005},
      {Extension::kVlanPresent, 1},
      {Extension::kPayloadOffset, 42},
      {Extension::kRandom, 99},
      {Extension::kVlanTpid, 0x8100},
  };
  for (const auto& [extension, value] : expected) {
    for (const isa::ClassicOp op : {isa::kLdAbs, isa::kLdhAbs, isa::kLdbAbs}) {
      const ClassicResult result =
          load(isa::extension_k(extension), ClassicMode::kKernel, &kMetadata, op);
      EXPECT_EQ(result.outcome, ClassicOutcome::kReturned);
      EXPECT_EQ(result.verdict, value) << isa::find_extension(isa::extension_k(extension))->name;
    }
  }
}

TEST(KernelExtensions, AreOutOfBoundsWithoutMetadata) {
  for (const isa::ExtensionInfo& info : isa::kExtensions) {
    for (const ClassicMode mode : {ClassicMode::kKernel, ClassicMode::kLibpcap}) {
      EXPECT_EQ(load(isa::extension_k(info.extension), mode, nullptr).outcome,
                ClassicOutcome::kOutOfBounds)
          << info.listing;
    }
  }
}

TEST(KernelExtensions, OfLibpcapAreByteLoadsOfTheVlanTag) {
  for (const isa::ExtensionInfo& info : isa::kExtensions) {
    const std::uint32_t k = isa::extension_k(info.extension);
    const bool vlan =
        info.extension == Extension::kVlanTci || info.extension == Extension::kVlanPresent;
    EXPECT_EQ(load(k, ClassicMode::kLibpcap).outcome,
              vlan ? ClassicOutcome::kReturned : ClassicOutcome::kOutOfBounds)
        << info.listing;
    EXPECT_EQ(load(k, ClassicMode::kLibpcap, &kMetadata, isa::kLdhAbs).outcome,
              ClassicOutcome::kOutOfBounds);
  }
  EXPECT_EQ(load(isa::extension_k(Extension::kVlanTci), ClassicMode::kLibpcap).verdict, 0x2005u);
}

TEST(KernelOffsets, CountFromTheLinkLayerOrTheNetworkHeader) {
  EXPECT_EQ(load(isa::kLinkLayerBase + 5, ClassicMode::kKernel).verdict, 5u);
  EXPECT_EQ(load(isa::kNetworkBase + 3, ClassicMode::kKernel).verdict, 7u);
  EXPECT_EQ(load(isa::kNetworkBase + 4, ClassicMode::kKernel).outcome,
            ClassicOutcome::kOutOfBounds);
  EXPECT_EQ(load(isa::kLinkLayerBase + 8, ClassicMode::kKernel).outcome,
            ClassicOutcome::kOutOfBounds);
  EXPECT_EQ(load(isa::kLinkLayerBase - 1, ClassicMode::kKernel).outcome,
            ClassicOutcome::kOutOfBounds);
  EXPECT_EQ(load(isa::kLinkLayerBase, ClassicMode::kLibpcap).outcome, ClassicOutcome::kOutOfBounds);
}

TEST(KernelOffsets, AreReachedByIndirectLoadsToo) {
  const ClassicProgram program = {stmt(isa::kLdxImm, isa::kNetworkBase), stmt(isa::kLdbInd, 1),
                                  stmt(isa::kRetA)};
  const ClassicInput input = {.bytes = kBytes, .wire_length = 8, .metadata = &kMetadata};
  EXPECT_EQ(run_classic(program, input, {.mode = ClassicMode::kKernel}).verdict, 5u);
}

TEST(KernelExtensions, XorTakesBothRegisters) {
  const ClassicProgram program = {stmt(isa::kLdImm, 0b1100), stmt(isa::kLdxImm, 0b1010),
                                  stmt(isa::kLdAbs, isa::extension_k(Extension::kXorX)),
                                  stmt(isa::kRetA)};
  const ClassicInput input = {.bytes = kBytes, .wire_length = 8, .metadata = &kMetadata};
  EXPECT_EQ(run_classic(program, input, {.mode = ClassicMode::kKernel}).verdict, 0b0110u);
}

// Two attributes at 4 (type 1, six bytes, padded to eight) and 12 (type 2, nested: types 5 and 6).
ByteWriter attributes() {
  ByteWriter writer(std::endian::native);
  writer.u32(0);
  writer.u16(6), writer.u16(1), writer.u16(0xaaaa), writer.align(4);
  writer.u16(16), writer.u16(2 | 0x8000);
  writer.u16(4), writer.u16(5);
  writer.u16(8), writer.u16(6), writer.u32(0xbbbbbbbb);
  return writer;
}

std::uint32_t find_attribute(std::span<const std::byte> bytes, Extension extension,
                             std::uint32_t from, std::uint32_t type) {
  const ClassicProgram program = {stmt(isa::kLdImm, from), stmt(isa::kLdxImm, type),
                                  stmt(isa::kLdAbs, isa::extension_k(extension)), stmt(isa::kRetA)};
  const ClassicInput input = {.bytes = bytes, .wire_length = 0, .metadata = &kMetadata};
  const ClassicResult result = run_classic(program, input, {.mode = ClassicMode::kKernel});
  EXPECT_EQ(result.outcome, ClassicOutcome::kReturned);
  return result.verdict;
}

TEST(NetlinkAttributes, AreFoundByType) {
  const ByteWriter writer = attributes();
  EXPECT_EQ(find_attribute(writer.bytes(), Extension::kNetlinkAttribute, 4, 1), 4u);
  EXPECT_EQ(find_attribute(writer.bytes(), Extension::kNetlinkAttribute, 4, 2), 12u);
  EXPECT_EQ(find_attribute(writer.bytes(), Extension::kNetlinkAttribute, 4, 6), 0u);
  EXPECT_EQ(find_attribute(writer.bytes(), Extension::kNestedAttribute, 12, 5), 16u);
  EXPECT_EQ(find_attribute(writer.bytes(), Extension::kNestedAttribute, 12, 6), 20u);
}

TEST(NetlinkAttributes, BrokenOnesAreNotFound) {
  const ByteWriter writer = attributes();
  const auto bytes = writer.bytes();
  for (const Extension extension : {Extension::kNetlinkAttribute, Extension::kNestedAttribute}) {
    for (const std::uint32_t from : {25u, 28u, 29u, 0x7fffffffu, 0xffffffffu}) {
      EXPECT_EQ(find_attribute(bytes, extension, from, 9), 0u) << from;
    }
    EXPECT_EQ(find_attribute(bytes, extension, 0, 0), 0u) << "an attribute of no length";
    EXPECT_EQ(find_attribute(bytes.first(3), extension, 0, 1), 0u);
    EXPECT_EQ(find_attribute(bytes.first(14), extension, 12, 2), 0u);
  }
  EXPECT_EQ(find_attribute(bytes.first(20), Extension::kNestedAttribute, 12, 5), 0u)
      << "the outer one is cut short";
}

}  // namespace
}  // namespace weir::vm
