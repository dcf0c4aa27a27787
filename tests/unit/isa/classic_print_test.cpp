#include "isa/classic_print.h"

#include <gtest/gtest.h>

#include <string>

#include "isa/classic.h"
#include "isa/classic_extension.h"

namespace weir::isa {
namespace {

std::string line(const ClassicInsn& insn) { return format_listing_line(insn, 1); }

TEST(ListingLine, PrintsEveryFormOfOperand) {
  EXPECT_EQ(line(stmt(kLdhAbs, 12)), "(001) ldh      [12]");
  EXPECT_EQ(line(stmt(kLdbInd, 14)), "(001) ldb      [x + 14]");
  EXPECT_EQ(line(stmt(kLdxMsh, 14)), "(001) ldxb     4*([14]&0xf)");
  EXPECT_EQ(line(stmt(kLdLen)), "(001) ld       #pktlen");
  EXPECT_EQ(line(stmt(kLdxLen)), "(001) ldx      #pktlen");
  EXPECT_EQ(line(stmt(kLdImm, 255)), "(001) ld       #0xff");
  EXPECT_EQ(line(stmt(kStx, 3)), "(001) stx      M[3]");
  EXPECT_EQ(line(stmt(kAddK, 10)), "(001) add      #10");
  EXPECT_EQ(line(stmt(kAndK, 10)), "(001) and      #0xa");
  EXPECT_EQ(line(stmt(kXorX)), "(001) xor      x");
  EXPECT_EQ(line(stmt(kTax)), "(001) tax      ");
  EXPECT_EQ(line(stmt(kRetK, 262144)), "(001) ret      #262144");
  EXPECT_EQ(line(stmt(kRetA)), "(001) ret      ");
}

TEST(ListingLine, PrintsTargetsAsPositions) {
  EXPECT_EQ(line(branch(kJeqK, 0x800, 0, 10)), "(001) jeq      #0x800           jt 2\tjf 12");
  EXPECT_EQ(line(branch(kJsetX, 0, 255, 1)), "(001) jset     x                jt 257\tjf 3");
  EXPECT_EQ(line(stmt(kJa, 3)), "(001) ja       5");
  EXPECT_EQ(line(stmt(kJa, static_cast<std::uint32_t>(-2))), "(001) ja       0");
}

TEST(ListingLine, PrintsDecimalsSignedAndHexUnsigned) {
  EXPECT_EQ(line(stmt(kRetK, 0xffffffff)), "(001) ret      #-1");
  EXPECT_EQ(line(stmt(kLdAbs, 0xfffff000 - 1)), "(001) ld       [-4097]");
  EXPECT_EQ(line(stmt(kOrK, 0xffffffff)), "(001) or       #0xffffffff");
}

TEST(ListingLine, NamesKernelExtensionsInAbsoluteLoadsOnly) {
  EXPECT_EQ(line(stmt(kLdbAbs, extension_k(Extension::kVlanPresent))), "(001) ldb      [vlanp]");
  EXPECT_EQ(line(stmt(kLdAbs, extension_k(Extension::kRandom))), "(001) ld       [random]");
  EXPECT_EQ(line(stmt(kLdbInd, extension_k(Extension::kMark))), "(001) ldb      [x + -4076]");
  EXPECT_EQ(line(stmt(kLdAbs, kExtensionBase + 61)), "(001) ld       [-4035]");
}

TEST(ListingLine, PrintsUnknownCodesAsNumbers) {
  EXPECT_EQ(line({0xffff, 1, 2, 3}), "(001) unimp    0xffff");
  EXPECT_EQ(line({0x55, 0, 1, 0}), "(001) unimp    0x55             jt 2\tjf 3");
}

TEST(ListingLine, PositionsGrowBeyondThreeDigits) {
  EXPECT_EQ(format_listing_line(stmt(kTxa), 12345), "(12345) txa      ");
}

TEST(FormatInstruction, SeparatesBySingleSpaces) {
  EXPECT_EQ(format_instruction(branch(kJeqK, 0x800, 0, 10), 1), "jeq #0x800 jt 2 jf 12");
  EXPECT_EQ(format_instruction(stmt(kRetA), 1), "ret");
}

const ClassicProgram kIpOnly = {stmt(kLdhAbs, 12), branch(kJeqK, 0x800, 0, 1), stmt(kRetK, 262144),
                                stmt(kRetK, 0)};

TEST(Forms, PrintAWholeProgram) {
  EXPECT_EQ(format_listing(kIpOnly),
            "(000) ldh      [12]\n"
            "(001) jeq      #0x800           jt 2\tjf 3\n"
            "(002) ret      #262144\n"
            "(003) ret      #0\n");
  EXPECT_EQ(format_c(kIpOnly),
            "{ 0x28, 0, 0, 0x0000000c },\n"
            "{ 0x15, 0, 1, 0x00000800 },\n"
            "{ 0x6, 0, 0, 0x00040000 },\n"
            "{ 0x6, 0, 0, 0x00000000 },\n");
  EXPECT_EQ(format_decimal(kIpOnly), "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n");
  EXPECT_EQ(format_json({kIpOnly.data() + 1, 2}),
            "[\n"
            R"(  {"code": 21, "jt": 0, "jf": 1, "k": 2048, "text": "jeq #0x800 jt 1 jf 2"},)"
            "\n"
            R"(  {"code": 6, "jt": 0, "jf": 0, "k": 262144, "text": "ret #262144"})"
            "\n]\n");
}

TEST(Forms, AreRegisteredOnceEach) {
  ASSERT_EQ(code_forms().size(), 4u);
  for (const CodeForm& form : code_forms()) {
    EXPECT_FALSE(form.format(kIpOnly).empty()) << form.name;
    EXPECT_FALSE(form.description.empty()) << form.name;
  }
}

}  // namespace
}  // namespace weir::isa
