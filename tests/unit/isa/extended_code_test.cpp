#include "isa/extended_code.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>

#include "harness/hex.h"
#include "support/random_extended.h"

namespace weir::isa {
namespace {

const ExtendedProgram kAdd = {make_insn(0x07, 1, 2, 0x0304, 0x11223344)};

TEST(ExtendedCode, BothByteOrdersOfTheRfc) {
  const auto little = test::hex("07 21 04 03 44 33 22 11");
  const auto big = test::hex("07 12 03 04 11 22 33 44");
  EXPECT_EQ(encode_extended(kAdd, std::endian::little), little);
  EXPECT_EQ(encode_extended(kAdd, std::endian::big), big);
  EXPECT_EQ(decode_extended(little, std::endian::little), kAdd);
  EXPECT_EQ(decode_extended(big, std::endian::big), kAdd);
}

TEST(ExtendedCode, InstructionsLieInMemoryAsTheKernelTakesThem) {
  const auto bytes = encode_extended(kAdd, std::endian::native);
  EXPECT_EQ(std::memcmp(bytes.data(), kAdd.data(), sizeof(ExtendedInsn)), 0);
}

TEST(ExtendedCode, AnythingIsEncodedAndDecodedAgain) {
  testing::RandomExtended random(3);
  for (int i = 0; i < 1000; ++i) {
    const ExtendedProgram program = random.next(30);
    for (const std::endian order : {std::endian::little, std::endian::big}) {
      ASSERT_EQ(decode_extended(encode_extended(program, order), order), program);
    }
  }
}

TEST(ExtendedCode, APartOfAnInstructionIsRefused) {
  const auto out = decode_extended(test::hex("07 21 04 03 44 33 22"), std::endian::little);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().message, "7 bytes are no whole number of instructions");
}

TEST(ExtendedCode, LoadsOf64BitsTakeTwoSlots) {
  const ExtendedProgram program = {make_insn(0x18, 1, 0, 0, -2), make_insn(0, 0, 0, 0, 3),
                                   make_insn(0x18, 1, 0, 0, 7)};
  EXPECT_EQ(slots_at(program, 0), 2u);
  EXPECT_EQ(wide_value(program, 0), 0x3'ffff'fffeu);
  EXPECT_EQ(slots_at(program, 2), 1u) << "cut off";
  EXPECT_EQ(wide_value(program, 2), 7u);
}

}  // namespace
}  // namespace weir::isa
