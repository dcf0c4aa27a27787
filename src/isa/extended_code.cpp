#include "isa/extended_code.h"

#include <fmt/format.h>

#include "base/reader.h"
#include "base/writer.h"

namespace weir::isa {

Result<ExtendedProgram> decode_extended(std::span<const std::byte> bytes, std::endian order) {
  constexpr std::size_t kSize = sizeof(ExtendedInsn);
  if (bytes.size() % kSize != 0) {
    return fail(fmt::format("{} bytes are no whole number of instructions", bytes.size()),
                fmt::format("an instruction has {} bytes; is the code cut short", kSize));
  }
  ByteReader reader(bytes, order);
  ExtendedProgram program(bytes.size() / kSize);
  for (ExtendedInsn& insn : program) {
    const std::uint8_t code = reader.u8();
    const std::uint8_t registers = reader.u8();
    const auto high = static_cast<std::uint8_t>(registers >> 4);
    const auto off = static_cast<std::int16_t>(reader.u16());
    const auto imm = static_cast<std::int32_t>(reader.u32());
    insn = order == std::endian::little ? make_insn(code, registers, high, off, imm)
                                        : make_insn(code, high, registers, off, imm);
  }
  return program;
}

std::vector<std::byte> encode_extended(std::span<const ExtendedInsn> program, std::endian order) {
  ByteWriter writer(order);
  for (const ExtendedInsn& insn : program) {
    const bool little = order == std::endian::little;
    const unsigned high = little ? insn.src : insn.dst;
    const unsigned low = little ? insn.dst : insn.src;
    writer.u8(insn.code);
    writer.u8(static_cast<std::uint8_t>(high << 4 | low));
    writer.u16(static_cast<std::uint16_t>(insn.off));
    writer.u32(static_cast<std::uint32_t>(insn.imm));
  }
  return writer.release();
}

std::size_t slots_at(std::span<const ExtendedInsn> program, std::size_t slot) {
  return is_wide(program[slot]) && slot + 1 < program.size() ? 2 : 1;
}

std::uint64_t wide_value(std::span<const ExtendedInsn> program, std::size_t slot) {
  const auto low = static_cast<std::uint32_t>(program[slot].imm);
  const bool whole = slot + 1 < program.size();
  const auto high = whole ? static_cast<std::uint32_t>(program[slot + 1].imm) : 0;
  return std::uint64_t{high} << 32 | low;
}

}  // namespace weir::isa
