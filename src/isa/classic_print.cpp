#include "isa/classic_print.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <iterator>

#include "isa/classic.h"
#include "isa/classic_extension.h"

namespace weir::isa {
namespace {

// tcpdump prints offsets and constants of arithmetic signed.
std::int32_t as_signed(std::uint32_t k) { return static_cast<std::int32_t>(k); }

std::int32_t target(std::size_t index, std::uint32_t distance) {
  return as_signed(static_cast<std::uint32_t>(index) + 1 + distance);
}

std::string absolute(std::uint32_t k) {
  const ExtensionInfo* extension = find_extension(k);
  return extension != nullptr ? fmt::format("[{}]", extension->listing)
                              : fmt::format("[{}]", as_signed(k));
}

std::string operand(Operand form, std::uint32_t k, std::size_t index) {
  switch (form) {
    case Operand::kNone:
      return {};
    case Operand::kDecimal:
      return fmt::format("#{}", as_signed(k));
    case Operand::kHex:
      return fmt::format("#0x{:x}", k);
    case Operand::kAbsolute:
      return absolute(k);
    case Operand::kIndirect:
      return fmt::format("[x + {}]", as_signed(k));
    case Operand::kHeaderLength:
      return fmt::format("4*([{}]&0xf)", as_signed(k));
    case Operand::kPacketLength:
      return "#pktlen";
    case Operand::kCell:
      return fmt::format("M[{}]", as_signed(k));
    case Operand::kIndex:
      return "x";
    case Operand::kTarget:
      return fmt::format("{}", target(index, k));
  }
  return {};
}

struct Words {
  std::string_view mnemonic;
  std::string operand;
};

Words words(const ClassicInsn& insn, std::size_t index) {
  const ClassicInfo* info = find_classic(insn.code);
  if (info == nullptr) return {"unimp", fmt::format("0x{:x}", insn.code)};
  return {info->mnemonic, operand(info->operand, insn.k, index)};
}

// An unknown code of the jump class is printed with its targets, too.
bool has_branch_targets(const ClassicInsn& insn) { return is_branch(insn.code); }

template <typename Line>
std::string lines(std::span<const ClassicInsn> program, Line line) {
  std::string out;
  for (std::size_t i = 0; i < program.size(); ++i) {
    out += line(program[i], i);
    out += '\n';
  }
  return out;
}

}  // namespace

std::string format_instruction(const ClassicInsn& insn, std::size_t index) {
  const Words text = words(insn, index);
  std::string out(text.mnemonic);
  if (!text.operand.empty()) out += " " + text.operand;
  if (has_branch_targets(insn)) {
    out += fmt::format(" jt {} jf {}", target(index, insn.jt), target(index, insn.jf));
  }
  return out;
}

std::string format_listing_line(const ClassicInsn& insn, std::size_t index) {
  const Words text = words(insn, index);
  if (!has_branch_targets(insn)) {
    return fmt::format("({:03}) {:<8} {}", index, text.mnemonic, text.operand);
  }
  return fmt::format("({:03}) {:<8} {:<16} jt {}\tjf {}", index, text.mnemonic, text.operand,
                     target(index, insn.jt), target(index, insn.jf));
}

std::string format_listing(std::span<const ClassicInsn> program) {
  return lines(program, format_listing_line);
}

std::string format_c(std::span<const ClassicInsn> program) {
  return lines(program, [](const ClassicInsn& insn, std::size_t) {
    return fmt::format("{{ 0x{:x}, {}, {}, 0x{:08x} }},", insn.code, insn.jt, insn.jf, insn.k);
  });
}

std::string format_decimal(std::span<const ClassicInsn> program) {
  return fmt::format("{}\n", program.size()) +
         lines(program, [](const ClassicInsn& insn, std::size_t) {
           return fmt::format("{} {} {} {}", insn.code, insn.jt, insn.jf, insn.k);
         });
}

std::string format_json(std::span<const ClassicInsn> program) {
  std::string out = "[\n";
  for (std::size_t i = 0; i < program.size(); ++i) {
    const ClassicInsn& insn = program[i];
    // No byte of an instruction's text needs escaping in JSON.
    fmt::format_to(std::back_inserter(out),
                   R"(  {{"code": {}, "jt": {}, "jf": {}, "k": {}, "text": "{}"}}{})", insn.code,
                   insn.jt, insn.jf, insn.k, format_instruction(insn, i),
                   i + 1 == program.size() ? "\n" : ",\n");
  }
  return out + "]\n";
}

std::span<const CodeForm> code_forms() {
  static constexpr auto kCodeForms = std::to_array<CodeForm>({
      {"listing", "assembly as tcpdump -d prints it", format_listing},
      {"c", "initialisers for a C array of struct sock_filter, as tcpdump -dd", format_c},
      {"decimal", "a count, then four numbers a line, as tcpdump -ddd", format_decimal},
      {"json", "an array of objects: code, jt, jf, k, text", format_json},
  });
  return kCodeForms;
}

}  // namespace weir::isa
