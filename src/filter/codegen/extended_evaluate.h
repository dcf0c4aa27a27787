// Instructions of extended code that bring values of the IR into registers, using what those hold
// already, and that compare addresses with the packet's end before they read there.
#pragma once

#include <array>
#include <cstdint>

#include "filter/codegen/extended.h"
#include "filter/codegen/extended_block.h"
#include "filter/codegen/extended_registers.h"
#include "filter/codegen/param_homes.h"
#include "filter/ir/ir.h"
#include "filter/opt/reach.h"

namespace weir::filter::codegen {

// R1: the context; R2 and R3: where the packet begins and ends; R10: the frame. With kTc, R5 is
// taken, too: it tells the second try from the first.
inline constexpr isa::Register kContext = isa::kR1;
inline constexpr isa::Register kPacket = isa::kR2;
inline constexpr isa::Register kPacketEnd = isa::kR3;
inline constexpr isa::Register kHasPulled = isa::kR5;

// A jump with a constant, which is compared in 32 bits.
isa::ExtendedInsn branch_on(isa::JumpOp op, isa::Register r, std::uint32_t k);

// A constant in the form of a value that was loaded as `size` bytes and not turned round; the
// constant itself when size is 0.
std::uint32_t wire_constant(std::uint32_t k, std::uint8_t size);

class ExtendedEvaluator {
 public:
  // `fault`: where a packet goes of which too little is there.
  ExtendedEvaluator(const ir::Function& f, const ParamHomes& params, PacketContext context,
                    Label fault, ExtendedEmitter& out);

  // The values that a node computes itself may read at once as far as every way on will.
  void begin_node(ir::NodeId id, const ExtendedRegisters& registers);

  isa::Register number(ir::ValueId v);
  // A value in the form in which it takes the fewest instructions to ask whether it equals
  // constants, or shares bits with them.
  struct Comparable {
    isa::Register where;
    std::uint8_t size;  // for wire_constant()
  };
  Comparable comparable(ir::ValueId v);
  // Computes a value for its faults alone.
  void guard(ir::ValueId v);
  void assign(const ir::Node& node);

  // The register keeps what it holds while this lives.
  class Pin {
   public:
    Pin(ExtendedEvaluator& owner, isa::Register r) : count_(owner.pins_[r]) { ++count_; }
    ~Pin() { --count_; }
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;

   private:
    std::uint8_t& count_;
  };
  const ExtendedRegisters& registers() const { return registers_; }
  // More values were alive at once than there are registers.
  bool is_out_of_registers() const { return is_out_of_registers_; }

 private:
  bool is_dead(ir::ValueId v) const;
  bool is_free(isa::Register r) const;
  isa::Register take();
  isa::Register used(isa::Register r);
  isa::Register hold(isa::Register r, ir::ValueId v, Form form);
  isa::Register copy_of(ir::ValueId a, isa::Register from);

  isa::Register compute(ir::ValueId v);
  isa::Register length(ir::ValueId v);
  isa::Register load(ir::ValueId v, Form form);
  isa::Register extension(ir::ValueId v);
  isa::Register binary(ir::ValueId v);
  isa::Register with_constant(ir::ValueId v);
  isa::Register with_register(ir::ValueId v, isa::Register a, isa::Register b);
  void shift(isa::AluOp op, isa::Register r, isa::Register by);

  void need(std::uint32_t end);
  isa::Register packet_plus(ir::ValueId a, isa::Register offset);
  isa::Register address(ir::ValueId a, std::uint64_t end);
  void check(isa::Register from, std::uint32_t end);
  // How many bytes of the packet a value is made of, unchanged but for bits that are cleared; 0
  // when it is something else.
  std::uint8_t wire_size(ir::ValueId v) const;
  isa::Register wire(ir::ValueId v);

  const ir::Function& f_;
  PacketContext context_;
  Label fault_;
  ExtendedEmitter& out_;
  opt::Reach reach_;
  ir::Vector<std::uint8_t> uses_;  // of a value, by others and by nodes; 255: or more
  ir::Vector<std::uint8_t> registers_needed_;
  const ParamHomes& params_;
  ir::Vector<ir::NodeId> last_users_;
  ir::Marks is_offset_only_;
  ir::Vector<std::uint32_t> bounds_;  // of a value, as the verifier sees it
  ir::NodeId node_ = 0;
  std::uint32_t needed_ = 0;  // from the node on
  ExtendedRegisters registers_;
  std::array<std::uint8_t, ExtendedRegisters::kCount> pins_{};
  std::array<std::uint32_t, ExtendedRegisters::kCount> last_use_{};
  std::uint32_t clock_ = 0;
  bool is_out_of_registers_ = false;
};

}  // namespace weir::filter::codegen
