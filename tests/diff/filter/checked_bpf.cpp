// Semantics: libpcap's user-space filter. An access outside the packet and a division by zero end
// the run with 0; a shift by 32 or more gives 0; `ja` may go backwards (protochain).
#include "diff/filter/checked_bpf.h"

#include <linux/filter.h>

#include <array>
#include <optional>

namespace weir::difftest {
namespace {

constexpr std::uint64_t kMaxSteps = 1u << 16;

class Machine {
 public:
  Machine(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
          std::uint32_t wire_length)
      : code_(code), packet_(packet), wire_length_(wire_length) {}

  CheckedRun run() {
    while (!done_) step();
    return result_;
  }

 private:
  void step() {
    if (pc_ >= code_.size()) return fail();
    if (result_.executed >= kMaxSteps) return give_up();
    const ClassicInsn& insn = code_[pc_++];
    ++result_.executed;
    switch (BPF_CLASS(insn.code)) {
      case BPF_LD:
        return set(a_, loaded(insn));
      case BPF_LDX:
        return set(x_, loaded(insn));
      case BPF_ST:
        return store(insn.k, a_);
      case BPF_STX:
        return store(insn.k, x_);
      case BPF_ALU:
        return set(a_, computed(insn));
      case BPF_JMP:
        return jump(insn);
      case BPF_RET:
        return finish(BPF_RVAL(insn.code) == BPF_A ? a_ : insn.k);
      default:
        return BPF_MISCOP(insn.code) == BPF_TAX ? set(x_, a_) : set(a_, x_);
    }
  }

  // A load, a division: no value means that the packet is rejected.
  void set(std::uint32_t& reg, std::optional<std::uint32_t> value) {
    if (!value) return finish(0);
    reg = *value;
  }

  std::optional<std::uint32_t> loaded(const ClassicInsn& insn) {
    switch (BPF_MODE(insn.code)) {
      case BPF_IMM:
        return insn.k;
      case BPF_LEN:
        return wire_length_;
      case BPF_MEM:
        return cell(insn.k);
      case BPF_ABS:
        return bytes_at(insn.k, width(insn));
      case BPF_IND:
        return bytes_at(std::uint64_t{x_} + insn.k, width(insn));
      case BPF_MSH:
        return header_length(insn.k);
      default:
        fail();
        return std::nullopt;
    }
  }

  static std::size_t width(const ClassicInsn& insn) {
    switch (BPF_SIZE(insn.code)) {
      case BPF_B:
        return 1;
      case BPF_H:
        return 2;
      default:
        return 4;
    }
  }

  std::optional<std::uint32_t> bytes_at(std::uint64_t offset, std::size_t count) const {
    if (offset > packet_.size() || count > packet_.size() - offset) return std::nullopt;
    std::uint32_t value = 0;
    for (const std::byte byte : packet_.subspan(offset, count)) {
      value = value << 8 | std::to_integer<std::uint32_t>(byte);
    }
    return value;
  }

  std::optional<std::uint32_t> header_length(std::uint32_t offset) const {
    const auto value = bytes_at(offset, 1);
    return value ? std::optional((*value & 0xf) << 2) : std::nullopt;
  }

  std::optional<std::uint32_t> cell(std::uint32_t index) {
    if (index >= cells_.size()) {
      fail();
      return std::nullopt;
    }
    if (!cells_[index]) result_.read_unset = true;
    return cells_[index].value_or(0);
  }

  void store(std::uint32_t index, std::uint32_t value) {
    if (index >= cells_.size()) return fail();
    cells_[index] = value;
  }

  std::uint32_t operand(const ClassicInsn& insn) const {
    return BPF_SRC(insn.code) == BPF_X ? x_ : insn.k;
  }

  std::optional<std::uint32_t> computed(const ClassicInsn& insn) {
    const std::uint32_t b = operand(insn);
    switch (BPF_OP(insn.code)) {
      case BPF_ADD:
        return a_ + b;
      case BPF_SUB:
        return a_ - b;
      case BPF_MUL:
        return a_ * b;
      case BPF_DIV:
        return b == 0 ? std::nullopt : std::optional(a_ / b);
      case BPF_MOD:
        return b == 0 ? std::nullopt : std::optional(a_ % b);
      case BPF_AND:
        return a_ & b;
      case BPF_OR:
        return a_ | b;
      case BPF_XOR:
        return a_ ^ b;
      case BPF_LSH:
        return b < 32 ? a_ << b : 0;
      case BPF_RSH:
        return b < 32 ? a_ >> b : 0;
      case BPF_NEG:
        return 0u - a_;
      default:
        fail();
        return std::nullopt;
    }
  }

  void jump(const ClassicInsn& insn) {
    const std::uint32_t b = operand(insn);
    switch (BPF_OP(insn.code)) {
      case BPF_JA:
        pc_ = static_cast<std::uint32_t>(pc_ + insn.k);
        return;
      case BPF_JEQ:
        return branch(insn, a_ == b);
      case BPF_JGT:
        return branch(insn, a_ > b);
      case BPF_JGE:
        return branch(insn, a_ >= b);
      case BPF_JSET:
        return branch(insn, (a_ & b) != 0);
      default:
        fail();
    }
  }

  void branch(const ClassicInsn& insn, bool taken) { pc_ += taken ? insn.jt : insn.jf; }

  void finish(std::uint32_t verdict) {
    if (done_) return;
    result_.verdict = verdict;
    done_ = true;
  }

  void give_up() {
    result_.endless = true;
    finish(0);
  }

  void fail() {
    result_.broken = true;
    finish(0);
  }

  std::span<const ClassicInsn> code_;
  std::span<const std::byte> packet_;
  std::uint32_t wire_length_;
  std::uint32_t a_ = 0;
  std::uint32_t x_ = 0;
  std::uint32_t pc_ = 0;
  std::array<std::optional<std::uint32_t>, BPF_MEMWORDS> cells_ = {};
  CheckedRun result_;
  bool done_ = false;
};

}  // namespace

CheckedRun run_checked(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
                       std::uint32_t wire_length) {
  return Machine(code, packet, wire_length).run();
}

}  // namespace weir::difftest
