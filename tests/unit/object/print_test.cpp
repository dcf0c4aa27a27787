#include "object/print.h"

#include <gtest/gtest.h>

#include <vector>

#include "harness/elf_writer.h"
#include "object/read.h"

namespace weir::object {
namespace {

using test::ElfWriter;

TEST(PrintedObject, TellsWhatItsInstructionsStandFor) {
  ElfWriter elf;
  const std::uint32_t maps =
      elf.add_data("maps", ElfWriter::words({2, 4, 8, 256, 0x400, 0, 2, 0, 0}));
  const std::uint32_t data = elf.add_data(".rodata", ElfWriter::Bytes(16));
  const auto wide = isa::make_insn(isa::kWideCode, isa::kR1);
  const std::uint32_t code = elf.add_code(
      "xdp.frags", std::vector{wide, isa::ExtendedInsn{}, wide, isa::ExtendedInsn{},
                               isa::make_insn(isa::kCallCode, 0, 1, 0, -1), isa::exit_program()});
  const std::uint32_t text =
      elf.add_code(".text", std::vector{isa::call_helper(5), isa::exit_program()});
  elf.add_symbol("prog", code, 0, 48, STT_FUNC);
  elf.add_relocation(code, 0, 1, elf.add_symbol("counts", maps, 0, 36, STT_OBJECT));
  elf.add_relocation(code, 16, 1, elf.add_symbol("limit", data, 8, 8, STT_OBJECT));
  elf.add_relocation(code, 32, 10, elf.add_symbol("helper", text, 0, 16, STT_FUNC));
  const auto object = read_object(elf.finish(), "x.o");
  ASSERT_TRUE(object) << object.error().message;
  EXPECT_EQ(format_object(*object),
            R"(map counts: array, key 4, value 8, 256 entries, flags 0x400, pinned by name, iproute2
map .rodata: array, key 4, value 16, 1 entries, flags 0x80, read-only data
program prog: xdp, section `xdp.frags`, for xdp, with fragments
   0: (18) r1 = map[fd:0]                 ; counts
   2: (18) r1 = map[fd:0][0]+8            ; .rodata+8
   4: (85) call pc+1
   5: (95) exit
function helper, from slot 0 of section `.text`
   6: (85) call bpf_ktime_get_ns#5
   7: (95) exit
)");
}

}  // namespace
}  // namespace weir::object
