// The faults of extended programs in words.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "isa/extended_check.h"

namespace weir::isa {
namespace {

struct ExtendedFaultText {
  ExtendedFaultKind kind;
  std::string_view message;  // {0} is the value, {1} the field
  std::string_view hint;
};
using enum ExtendedFaultKind;
// In the order of ExtendedFaultKind.
constexpr auto kFaultTexts = std::to_array<ExtendedFaultText>({
    {kEmpty, "the program has no instruction", "a program ends with `exit` at least"},
    {kTooLong, "the program has {} instructions", "Linux loads 1,000,000 at most"},
    {kUnknownCode, "{0:#04x} is no opcode", "is this code of another machine, or damaged"},
    {kUnknownVariant, "no instruction of this opcode has {0} as its {1}",
     "a newer instruction set may have it; compile with -mcpu=v4 at most"},
    {kCallx, "calls the address in r{}, which no engine does",
     "call a function by its name; compile with -O1 at least, so that the compiler knows which"},
    {kReservedField, "has {0} as its {1}, which must be 0", "is the code damaged"},
    {kNoSuchRegister, "uses r{}", "there are r0 to r10"},
    {kFramePointer, "writes r10, the frame pointer", "copy it to another register first"},
    {kWideCutOff, "the second half of the 64 bits is missing", "is the code cut short"},
    {kWideSecondSlot, "what follows is not the second half of the 64 bits",
     "after the first half stands one with nothing but an immediate"},
    {kJumpOutOfRange, "leads to {}, which is not in the program",
     "every jump and call ends at an instruction of the program"},
    {kJumpIntoWide, "leads to {}, the second half of 64 bits",
     "go to the instruction before or after it"},
    {kLeavesSubprogram, "jumps to {}, which is in another subprogram",
     "a subprogram is entered by a call and left by `exit`"},
    {kDivisionByZero, "divides by the constant 0", "use another divisor"},
    {kShiftTooLarge, "shifts by {}", "shift by less than the register has bits"},
    {kNoExitAtEnd, "the program or subprogram goes on past its last instruction",
     "end it with `exit` or `goto`"},
});
static_assert(std::ranges::all_of(kFaultTexts, [](const ExtendedFaultText& text) {
  return &text == &kFaultTexts[static_cast<std::size_t>(text.kind)];
}));

const ExtendedFaultText& words_of(const ExtendedFault& fault) {
  return kFaultTexts.at(static_cast<std::size_t>(fault.kind));
}

bool means_whole_program(const ExtendedFault& fault) {
  return fault.kind == kEmpty || fault.kind == kTooLong;
}

}  // namespace

std::string describe(const ExtendedFault& fault) {
  const std::string message =
      fmt::format(fmt::runtime(words_of(fault).message), fault.value, fault.field);
  if (means_whole_program(fault)) return message;
  return fmt::format("instruction {}: {}", fault.slot, message);
}

std::string hint(const ExtendedFault& fault) { return std::string(words_of(fault).hint); }

void report(std::span<const ExtendedFault> faults, std::span<const diag::SourceRange> ranges,
            diag::Diagnostics& diagnostics) {
  for (const ExtendedFault& fault : faults) {
    const bool nowhere = means_whole_program(fault) || fault.slot >= ranges.size();
    const diag::SourceRange range = nowhere ? diag::SourceRange{} : ranges[fault.slot];
    diagnostics.error(diag::Kind::kCodeFault, range, describe(fault), hint(fault));
  }
}

}  // namespace weir::isa
