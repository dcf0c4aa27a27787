#include <gtest/gtest.h>
#include <linux/filter.h>

#include <map>
#include <string>

#include "isa/classic.h"
#include "isa/classic_extension.h"

namespace weir::isa {
namespace {

// The kernel's own constants, put together as its documentation does.
const std::map<int, std::string> kKernelCodes = {
    {BPF_LD | BPF_W | BPF_ABS, "ld"},
    {BPF_LD | BPF_H | BPF_ABS, "ldh"},
    {BPF_LD | BPF_B | BPF_ABS, "ldb"},
    {BPF_LD | BPF_W | BPF_IND, "ld"},
    {BPF_LD | BPF_H | BPF_IND, "ldh"},
    {BPF_LD | BPF_B | BPF_IND, "ldb"},
    {BPF_LD | BPF_W | BPF_LEN, "ld"},
    {BPF_LD | BPF_IMM, "ld"},
    {BPF_LD | BPF_MEM, "ld"},
    {BPF_LDX | BPF_IMM, "ldx"},
    {BPF_LDX | BPF_MEM, "ldx"},
    {BPF_LDX | BPF_W | BPF_LEN, "ldx"},
    {BPF_LDX | BPF_MSH | BPF_B, "ldxb"},
    {BPF_ST, "st"},
    {BPF_STX, "stx"},
    {BPF_ALU | BPF_NEG, "neg"},
    {BPF_MISC | BPF_TAX, "tax"},
    {BPF_MISC | BPF_TXA, "txa"},
    {BPF_JMP | BPF_JA, "ja"},
    {BPF_RET | BPF_K, "ret"},
    {BPF_RET | BPF_A, "ret"},
};
const std::map<int, std::string> kKernelOperations = {
    {BPF_ALU | BPF_ADD, "add"}, {BPF_ALU | BPF_SUB, "sub"},  {BPF_ALU | BPF_MUL, "mul"},
    {BPF_ALU | BPF_DIV, "div"}, {BPF_ALU | BPF_MOD, "mod"},  {BPF_ALU | BPF_AND, "and"},
    {BPF_ALU | BPF_OR, "or"},   {BPF_ALU | BPF_XOR, "xor"},  {BPF_ALU | BPF_LSH, "lsh"},
    {BPF_ALU | BPF_RSH, "rsh"}, {BPF_JMP | BPF_JEQ, "jeq"},  {BPF_JMP | BPF_JGT, "jgt"},
    {BPF_JMP | BPF_JGE, "jge"}, {BPF_JMP | BPF_JSET, "jset"}};

TEST(ClassicTable, HoldsExactlyTheKernelsInstructions) {
  std::map<int, std::string> expected = kKernelCodes;
  for (const auto& [code, mnemonic] : kKernelOperations) {
    expected[code | BPF_K] = mnemonic;
    expected[code | BPF_X] = mnemonic;
  }
  std::map<int, std::string> actual;
  for (const ClassicInfo& info : kClassicTable) actual[info.op] = info.mnemonic;
  EXPECT_EQ(actual, expected);
}

TEST(ClassicTable, FindsEveryCodeAndNoOther) {
  std::size_t found = 0;
  for (std::uint32_t code = 0; code <= 0xffff; ++code) {
    const ClassicInfo* info = find_classic(static_cast<std::uint16_t>(code));
    if (info == nullptr) continue;
    EXPECT_EQ(info->op, code);
    ++found;
  }
  EXPECT_EQ(found, kClassicTable.size());
}

TEST(ClassicTable, ClassifiesJumpsReturnsLoadsAndStores) {
  EXPECT_TRUE(is_jump(kJa));
  EXPECT_FALSE(is_branch(kJa));
  EXPECT_TRUE(is_branch(kJsetX));
  EXPECT_TRUE(is_return(kRetA));
  EXPECT_TRUE(is_load(kLdxMsh));
  EXPECT_FALSE(is_load(kTax));
  EXPECT_TRUE(is_store(kStx));
}

TEST(Extensions, AreTheKernels) {
  EXPECT_EQ(kExtensionBase, static_cast<std::uint32_t>(SKF_AD_OFF));
  EXPECT_EQ(kNetworkBase, static_cast<std::uint32_t>(SKF_NET_OFF));
  EXPECT_EQ(kLinkLayerBase, static_cast<std::uint32_t>(SKF_LL_OFF));
  const std::map<int, Extension> expected = {
      {SKF_AD_PROTOCOL, Extension::kProtocol},
      {SKF_AD_PKTTYPE, Extension::kPacketType},
      {SKF_AD_IFINDEX, Extension::kInterfaceIndex},
      {SKF_AD_NLATTR, Extension::kNetlinkAttribute},
      {SKF_AD_NLATTR_NEST, Extension::kNestedAttribute},
      {SKF_AD_MARK, Extension::kMark},
      {SKF_AD_QUEUE, Extension::kQueue},
      {SKF_AD_HATYPE, Extension::kHardwareType},
      {SKF_AD_RXHASH, Extension::kReceiveHash},
      {SKF_AD_CPU, Extension::kCpu},
      {SKF_AD_ALU_XOR_X, Extension::kXorX},
      {SKF_AD_VLAN_TAG, Extension::kVlanTci},
      {SKF_AD_VLAN_TAG_PRESENT, Extension::kVlanPresent},
      {SKF_AD_PAY_OFFSET, Extension::kPayloadOffset},
      {SKF_AD_RANDOM, Extension::kRandom},
      {SKF_AD_VLAN_TPID, Extension::kVlanTpid},
  };
  std::map<int, Extension> actual;
  for (const ExtensionInfo& info : kExtensions) {
    actual[static_cast<int>(info.extension)] = info.extension;
  }
  EXPECT_EQ(actual, expected);
}

TEST(Extensions, AreFoundByOffsetAndByEitherName) {
  for (const ExtensionInfo& info : kExtensions) {
    EXPECT_EQ(find_extension(extension_k(info.extension)), &info);
    EXPECT_EQ(find_extension(info.listing), &info);
    if (!info.name.empty()) {
      EXPECT_EQ(find_extension(info.name), &info);
    }
  }
  EXPECT_EQ(find_extension("vlan_pr"), find_extension("vlan_avail"));
  EXPECT_EQ(find_extension(""), nullptr);
  EXPECT_EQ(find_extension(kExtensionBase + 1), nullptr);
  EXPECT_EQ(find_extension(12u), nullptr);
}

}  // namespace
}  // namespace weir::isa
