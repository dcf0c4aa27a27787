// The second half of the assembler: from statements to instructions.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <string>
#include <unordered_map>

#include "base/suggest.h"
#include "diag/quote.h"
#include "isa/classic.h"
#include "isa/classic_asm_parser.h"
#include "isa/classic_read.h"

namespace weir::isa {
namespace {

// Names beside those of the table. An inverted comparison goes to its first target when it fails.
struct Alias {
  std::string_view name;
  std::string_view mnemonic;
  bool inverted = false;
};
constexpr auto kAliases = std::to_array<Alias>({
    {"jmp", "ja"},
    {"ldi", "ld"},
    {"ldxi", "ldx"},
    {"jne", "jeq", true},
    {"jneq", "jeq", true},
    {"jlt", "jge", true},
    {"jle", "jgt", true},
});

Alias resolve_alias(std::string_view name) {
  const auto* found = std::ranges::find(kAliases, name, &Alias::name);
  return found == kAliases.end() ? Alias{name, name} : *found;
}

struct Form {
  Operand operand;
  ClassicAsmShape shape;
  std::string_view example;
};
// By Operand.
constexpr auto kForms = std::to_array<Form>({
    {Operand::kNone, ClassicAsmShape::kNone, "no operand"},
    {Operand::kDecimal, ClassicAsmShape::kImmediate, "#k"},
    {Operand::kHex, ClassicAsmShape::kImmediate, "#k"},
    {Operand::kAbsolute, ClassicAsmShape::kAbsolute, "[k]"},
    {Operand::kIndirect, ClassicAsmShape::kIndirect, "[x + k]"},
    {Operand::kHeaderLength, ClassicAsmShape::kHeaderLength, "4*([k]&0xf)"},
    {Operand::kPacketLength, ClassicAsmShape::kPacketLength, "#pktlen"},
    {Operand::kCell, ClassicAsmShape::kCell, "M[k]"},
    {Operand::kIndex, ClassicAsmShape::kRegisterX, "x"},
    {Operand::kTarget, ClassicAsmShape::kTarget, "a label or position"},
});
static_assert(std::ranges::all_of(kForms, [](const Form& form) {
  return &form == &kForms[static_cast<std::size_t>(form.operand)];
}));

const Form& form_of(const ClassicInfo& info) {
  return kForms[static_cast<std::size_t>(info.operand)];
}

// `ldx 4*([14]&0xf)` is the table's `ldxb`, `ret a` its `ret`.
bool matches(const ClassicInfo& info, std::string_view mnemonic, ClassicAsmShape shape) {
  if (shape == ClassicAsmShape::kHeaderLength && mnemonic == "ldx") mnemonic = "ldxb";
  if (shape == ClassicAsmShape::kRegisterA && mnemonic == "ret") shape = ClassicAsmShape::kNone;
  return info.mnemonic == mnemonic && form_of(info).shape == shape;
}

std::string known_forms(std::string_view mnemonic) {
  std::string forms;
  for (const ClassicInfo& info : kClassicTable) {
    if (info.mnemonic != mnemonic) continue;
    if (!forms.empty()) forms += ", ";
    forms += form_of(info).example;
  }
  return forms;
}

std::string closest_instruction(std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(kClassicTable.size() + kAliases.size());
  for (const ClassicInfo& info : kClassicTable) names.push_back(info.mnemonic);
  for (const Alias& alias : kAliases) names.push_back(alias.name);
  const std::string_view meant = closest_word(name, names);
  if (!meant.empty()) return fmt::format("did you mean `{}`", meant);
  return "an instruction is one like `ldh [12]`, `jeq #0x800, drop` or `ret #0`";
}

class Encoder {
 public:
  Encoder(const ClassicAsmUnit& unit, diag::Diagnostics& diagnostics)
      : unit_(unit), diagnostics_(diagnostics) {}

  ClassicText encode() {
    collect_labels();
    ClassicText out;
    for (const ClassicAsmStatement& statement : unit_.statements) {
      if (diagnostics_.error_count() >= diag::Diagnostics::kMaxKept) break;
      position_ = out.program.size();
      out.program.push_back(statement.name.empty() ? ClassicInsn{} : instruction(statement));
      out.ranges.push_back(statement.range);
    }
    return out;
  }

 private:
  void collect_labels() {
    for (const ClassicAsmLabel& label : unit_.labels) {
      if (labels_.emplace(label.name, label.position).second) continue;
      diagnostics_.error(
          diag::Kind::kAsmDuplicateLabel, label.range,
          fmt::format("the label {} stands here and before", diag::quote(label.name)),
          "give each place its own label");
    }
  }

  ClassicInsn instruction(const ClassicAsmStatement& statement) {
    const Alias alias = resolve_alias(statement.name);
    const ClassicInfo* info = select(statement, alias.mnemonic);
    if (info == nullptr) return {};
    if (info->op == kJa) return stmt(kJa, distance(statement.targets[0]));
    if (is_branch(info->op)) return encode_branch(statement, *info, alias.inverted);
    if (statement.target_count != 0) {
      operand_error(statement.targets[0].range, statement.name, "has no targets", "");
    }
    return stmt(info->op, statement.operand.k);
  }

  const ClassicInfo* select(const ClassicAsmStatement& statement, std::string_view mnemonic) {
    const auto* found = std::ranges::find_if(kClassicTable, [&](const ClassicInfo& info) {
      return matches(info, mnemonic, statement.operand.shape);
    });
    if (found != kClassicTable.end()) return found;
    const std::string forms = known_forms(mnemonic);
    if (forms.empty()) {
      diagnostics_.error(diag::Kind::kAsmUnknownInstruction, statement.name_range,
                         "no instruction is called " + diag::quote(statement.name),
                         closest_instruction(statement.name));
    } else {
      operand_error(statement.range, statement.name, "does not take this operand", forms);
    }
    return nullptr;
  }

  void operand_error(diag::SourceRange range, std::string_view name, std::string_view problem,
                     std::string_view forms) {
    diagnostics_.error(
        diag::Kind::kAsmOperand, range, fmt::format("{} {}", diag::quote(name), problem),
        forms.empty() ? "only comparisons have targets" : fmt::format("it takes: {}", forms));
  }

  ClassicInsn encode_branch(const ClassicAsmStatement& statement, const ClassicInfo& info,
                            bool inverted) {
    if (statement.target_count == 0) {
      diagnostics_.error(diag::Kind::kAsmOperand, statement.range,
                         diag::quote(statement.name) + " has no target",
                         "write `jeq #0x800, yes, no` or `jeq #0x800, yes`");
      return {};
    }
    std::uint8_t taken = branch_distance(statement.targets[0]);
    // Without a second target, the next instruction is it.
    std::uint8_t other = statement.target_count == 2 ? branch_distance(statement.targets[1]) : 0;
    if (inverted) std::swap(taken, other);
    return branch(info.op, statement.operand.k, taken, other);
  }

  std::uint8_t branch_distance(const ClassicAsmTarget& target) {
    const std::uint32_t forward = distance(target);
    if (forward <= kMaxBranch) return static_cast<std::uint8_t>(forward);
    diagnostics_.error(diag::Kind::kAsmJump, target.range,
                       "a comparison jumps forward, past 255 instructions at most",
                       "jump to a `ja` that goes there");
    return 0;
  }

  // How far the next instruction is from the target; backwards it wraps around, as in `ja`. Zero
  // after an error.
  std::uint32_t distance(const ClassicAsmTarget& target) {
    std::uint32_t to = target.position;
    if (!target.label.empty()) {
      const auto label = labels_.find(target.label);
      if (label == labels_.end()) return unknown_label(target);
      to = label->second;
    }
    if (to >= unit_.statements.size()) return past_the_end(target, to);
    return to - static_cast<std::uint32_t>(position_) - 1;
  }

  std::uint32_t unknown_label(const ClassicAsmTarget& target) {
    const std::string_view meant = closest_label(target.label);
    diagnostics_.error(diag::Kind::kAsmUnknownLabel, target.range,
                       fmt::format("the label {} is nowhere", diag::quote(target.label)),
                       meant.empty() ? fmt::format("put `{}:` before an instruction", target.label)
                                     : fmt::format("did you mean `{}`", meant));
    return 0;
  }

  std::string_view closest_label(std::string_view label) const {
    constexpr std::size_t kCompared = 10'000;
    std::vector<std::string_view> names;
    names.reserve(std::min(unit_.labels.size(), kCompared));
    for (const ClassicAsmLabel& known : unit_.labels | std::views::take(kCompared)) {
      names.push_back(known.name);
    }
    return closest_word(label, names);
  }

  std::uint32_t past_the_end(const ClassicAsmTarget& target, std::uint32_t to) {
    diagnostics_.error(diag::Kind::kAsmJump, target.range,
                       fmt::format("there is no instruction {} to jump to", to),
                       fmt::format("the last one is {}", unit_.statements.size() - 1));
    return 0;
  }

  const ClassicAsmUnit& unit_;
  diag::Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::uint32_t> labels_;
  std::size_t position_ = 0;
};

}  // namespace

std::optional<ClassicText> assemble_classic(std::string_view text, diag::Diagnostics& diagnostics) {
  const ClassicAsmUnit unit = parse_classic_assembly(text, diagnostics);
  if (unit.statements.empty() && !diagnostics.has_errors()) {
    diagnostics.error(diag::Kind::kCodeEmpty, {}, "there is no instruction",
                      "a program ends with `ret #0` at least");
  }
  ClassicText out = Encoder(unit, diagnostics).encode();
  if (diagnostics.has_errors()) return std::nullopt;
  return out;
}

}  // namespace weir::isa
