#include "filter/codegen/extended_evaluate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "base/check.h"
#include "filter/codegen/immediate.h"
#include "filter/codegen/visible_bounds.h"

namespace weir::filter::codegen {
namespace {

using ir::Function;
using ir::kNone;
using ir::Op;
using ir::Value;
using ir::ValueId;
using isa::AccessSize;
using isa::AluOp;
using isa::JumpOp;
using isa::Register;

// The verifier follows packets no further (MAX_PACKET_OFF of kernel/bpf/verifier.c).
constexpr std::uint32_t kMaxPacket = 0xffff;
// Offsets up to here are compared with nothing, for no header is as long.
constexpr std::uint32_t kSmall = 0x0fff;

constexpr auto kAluOps =
    std::to_array<AluOp>({AluOp::kAdd, AluOp::kSub, AluOp::kMul, AluOp::kDiv, AluOp::kMod,
                          AluOp::kAnd, AluOp::kOr, AluOp::kXor, AluOp::kLsh, AluOp::kRsh});
static_assert(kAluOps.size() ==
              static_cast<std::size_t>(Op::kShr) - static_cast<std::size_t>(Op::kAdd) + 1);

AluOp alu_op(Op op) {
  return kAluOps[static_cast<std::size_t>(op) - static_cast<std::size_t>(Op::kAdd)];
}

AccessSize access_size(std::uint8_t bytes) {
  return bytes == 4 ? AccessSize::kWord : bytes == 2 ? AccessSize::kHalf : AccessSize::kByte;
}

// Where `struct __sk_buff` has what a load of the kernel's extensions asks for (linux/bpf.h).
struct SkbField {
  std::uint32_t extension;
  std::int16_t at;
};
constexpr SkbField kSkbFields[] = {
    {ir::kExtensionBase + 4, 4},    // pkt_type
    {ir::kExtensionBase + 8, 40},   // ifindex
    {ir::kExtensionBase + 44, 24},  // vlan_tci
    {ir::kExtensionBase + 48, 20},  // vlan_present
};

void count_use(ir::Vector<std::uint8_t>& uses, ValueId v) {
  if (v != kNone && uses[v] != std::numeric_limits<std::uint8_t>::max()) ++uses[v];
}

ir::Vector<std::uint8_t> count_uses(const Function& f) {
  ir::Vector<std::uint8_t> uses(f.values.size(), 0, f.memory);
  for (const Value& v : f.values) {
    count_use(uses, v.a);
    count_use(uses, v.b);
  }
  for (const ir::Node& node : f.nodes)
    ir::for_each_operand(node, [&](ValueId v) { count_use(uses, v); });
  return uses;
}

// The last node, of the least number, that computes a value, as an operand of others too.
ir::Vector<ir::NodeId> last_users(const Function& f) {
  ir::Vector<ir::NodeId> users(f.values.size(), std::numeric_limits<ir::NodeId>::max(), f.memory);
  for (ir::NodeId id = 0; id < f.nodes.size(); ++id) {
    ir::for_each_operand(f.nodes[id], [&](ValueId v) {
      if (v != kNone) users[v] = std::min(users[v], id);
    });
  }
  for (std::size_t id = f.values.size(); id-- > 0;) {
    for (const ValueId operand : {f.values[id].a, f.values[id].b}) {
      if (operand != kNone) users[operand] = std::min(users[operand], users[id]);
    }
  }
  return users;
}

// Values that are asked for as places in the packet alone.
ir::Marks offsets_only(const Function& f) {
  ir::Marks only(f.values.size(), true, f.memory);
  for (const Value& v : f.values) {
    if (v.a != kNone && v.op != Op::kLoad) only[v.a] = false;
    if (v.b != kNone) only[v.b] = false;
  }
  for (const ir::Node& node : f.nodes)
    ir::for_each_operand(node, [&](ValueId v) { only[v] = false; });
  return only;
}

// How many registers it takes to compute a value (Sethi and Ullman).
ir::Vector<std::uint8_t> count_registers(const Function& f) {
  ir::Vector<std::uint8_t> needed(f.values.size(), 1, f.memory);
  for (ValueId id = 0; id < f.values.size(); ++id) {
    const Value& v = f.values[id];
    if (v.a == kNone || v.b == kNone) {
      if (v.a != kNone) needed[id] = std::max<std::uint8_t>(needed[v.a], 2);
      continue;
    }
    const std::uint8_t a = needed[v.a], b = needed[v.b];
    needed[id] = a == b ? static_cast<std::uint8_t>(a + 1) : std::max(a, b);
  }
  return needed;
}

std::int32_t immediate(std::uint32_t k) { return std::bit_cast<std::int32_t>(k); }

}  // namespace

std::uint32_t wire_constant(std::uint32_t k, std::uint8_t size) {
  if (size == 0 || std::endian::native == std::endian::big) return k;
  return std::byteswap(k) >> 8 * (4 - size);
}

isa::ExtendedInsn branch_on(JumpOp op, Register r, std::uint32_t k) {
  return isa::jump32(op, r, immediate(k), 0);
}

ExtendedEvaluator::ExtendedEvaluator(const Function& f, const ParamHomes& params,
                                     PacketContext context, Label fault, ExtendedEmitter& out)
    : f_(f),
      context_(context),
      fault_(fault),
      out_(out),
      reach_(f),
      uses_(count_uses(f)),
      registers_needed_(count_registers(f)),
      params_(params),
      last_users_(last_users(f)),
      is_offset_only_(offsets_only(f)),
      bounds_(visible_bounds(f)) {}

void ExtendedEvaluator::begin_node(ir::NodeId id, const ExtendedRegisters& registers) {
  node_ = id;
  registers_ = registers;
  needed_ = reach_.needed(id);
  if (needed_ > kMaxPacket) needed_ = 0;
}

// Nodes lead to those of lesser numbers only.
bool ExtendedEvaluator::is_dead(ValueId v) const { return v == kNone || node_ < last_users_[v]; }

bool ExtendedEvaluator::is_free(Register r) const {
  if (r == kContext || r == kPacket || r == kPacketEnd || pins_[r] != 0 || params_.is_home(r))
    return false;
  return r != kHasPulled || context_ != PacketContext::kTc;
}

// The first register that is empty or that nobody will ask again, for those that calls keep are
// saved by whoever uses them; else the one that was used longest ago.
Register ExtendedEvaluator::take() {
  std::optional<Register> best;
  for (std::size_t i = 0; i < ExtendedRegisters::kCount; ++i) {
    const auto r = static_cast<Register>(i);
    if (!is_free(r)) continue;
    if (is_dead(registers_[r].value)) {
      best = r;
      break;
    }
    if (!best || last_use_[r] < last_use_[*best]) best = r;
  }
  if (!best) {
    is_out_of_registers_ = true;
    return isa::kR0;
  }
  registers_[*best] = {};
  return *best;
}

Register ExtendedEvaluator::used(Register r) {
  last_use_[r] = ++clock_;
  return r;
}

Register ExtendedEvaluator::hold(Register r, ValueId v, Form form) {
  registers_[r] = {.value = v, .form = form};
  return used(r);
}

// A register to compute in that starts with the number `a`, which `from` holds: that one, when
// nobody else wants it.
Register ExtendedEvaluator::copy_of(ValueId a, Register from) {
  if (uses_[a] == 1 && !params_.is_home(from)) return from;
  const Pin pin(*this, from);
  const Register r = take();
  out_.put(isa::alu32(AluOp::kMov, r, from));
  return r;
}

Register ExtendedEvaluator::number(ValueId v) {
  if (const Value& value = f_.values[v]; value.op == Op::kParam) {
    if (const auto home = params_.register_of(value.k)) return *home;
  }
  if (const auto found = registers_.find(v, Form::kNumber)) return used(*found);
  return hold(compute(v), v, Form::kNumber);
}

Register ExtendedEvaluator::compute(ValueId id) {
  const Value& v = f_.values[id];
  if (v.traps) {
    out_.leave(kReject);
    return take();
  }
  switch (v.op) {
    case Op::kConst: {
      const Register r = take();
      out_.put(isa::alu32(AluOp::kMov, r, immediate(v.k)));
      return r;
    }
    case Op::kLength:
      return length(id);
    case Op::kParam: {
      const Register r = take();
      out_.put(isa::load_memory(AccessSize::kDouble, r, isa::kR10, ParamHomes::slot_of(v.k)));
      return r;
    }
    case Op::kLoad:
      return ir::is_extension(v) ? extension(id) : load(id, Form::kNumber);
    default:
      return binary(id);
  }
}

Register ExtendedEvaluator::length(ValueId) {
  const Register r = take();
  if (context_ == PacketContext::kTc) {
    out_.put(isa::load_memory(AccessSize::kWord, r, kContext, 0));
  } else {
    out_.put(isa::alu64(AluOp::kMov, r, kPacketEnd));
    out_.put(isa::alu64(AluOp::kSub, r, kPacket));
    out_.put(isa::alu32(AluOp::kMov, r, r));  // so that the verifier sees a number of 32 bits
  }
  return r;
}

Register ExtendedEvaluator::extension(ValueId id) {
  const auto* const field = std::ranges::find(kSkbFields, f_.values[id].k, &SkbField::extension);
  WEIR_CHECK(field != std::ranges::end(kSkbFields) && context_ == PacketContext::kTc);
  const Register r = take();
  out_.put(isa::load_memory(AccessSize::kWord, r, kContext, field->at));
  return r;
}

// Compares an address in the packet, `end` bytes behind `from`, with the packet's end.
void ExtendedEvaluator::check(Register from, std::uint32_t end) {
  const Register r = take();
  out_.put(isa::alu64(AluOp::kMov, r, from));
  out_.put(isa::alu64(AluOp::kAdd, r, immediate(end)));
  out_.leave_if(
      isa::make_insn(isa::code_of(isa::InsnClass::kJmp, JumpOp::kGt, isa::kRegisterSource), r,
                     kPacketEnd),
      fault_);
}

void ExtendedEvaluator::need(std::uint32_t end) {
  if (registers_.checked() >= end) return;
  const std::uint32_t all = std::max(end, needed_);
  check(kPacket, all);
  registers_.check(all);
}

// The packet's begin plus the value `a`, in the value's own register when nobody asks for that.
Register ExtendedEvaluator::packet_plus(ValueId a, Register offset) {
  if (is_offset_only_[a] && !params_.is_home(offset)) {
    out_.put(isa::alu64(AluOp::kAdd, offset, kPacket));
    return offset;
  }
  const Register r = take();
  out_.put(isa::alu64(AluOp::kMov, r, kPacket));
  out_.put(isa::alu64(AluOp::kAdd, r, offset));
  return r;
}

// The packet's begin plus a value, with `end` bytes from there on in the packet.
Register ExtendedEvaluator::address(ValueId a, std::uint64_t end) {
  auto found = registers_.find(a, Form::kAddress);
  if (!found) {
    const Register offset = number(a);
    const Pin pin(*this, offset);
    if (end <= kMaxPacket && bounds_[a] > kSmall)
      out_.leave_if(branch_on(JumpOp::kGt, offset, kMaxPacket - static_cast<std::uint32_t>(end)),
                    fault_);
    found = hold(packet_plus(a, offset), a, Form::kAddress);
  }
  const Pin pin(*this, used(*found));
  if (end > kMaxPacket) {
    out_.leave(fault_);
  } else if (registers_[*found].checked < end) {
    check(*found, static_cast<std::uint32_t>(end));
    registers_[*found].checked = static_cast<std::uint32_t>(end);
  }
  return *found;
}

Register ExtendedEvaluator::load(ValueId id, Form form) {
  const Value& v = f_.values[id];
  const std::uint64_t end = std::uint64_t{v.k} + v.size;
  Register from = kPacket;
  if (v.a != kNone) {
    from = address(v.a, end);
  } else if (end > kMaxPacket) {
    out_.leave(fault_);
  } else {
    need(static_cast<std::uint32_t>(end));
  }
  const Pin pin(*this, from);
  const Register r = take();
  if (v.k <= std::uint32_t{std::numeric_limits<std::int16_t>::max()}) {
    out_.put(isa::load_memory(access_size(v.size), r, from, static_cast<std::int16_t>(v.k)));
  } else {
    out_.put(isa::alu64(AluOp::kMov, r, from));
    out_.put(isa::alu64(AluOp::kAdd, r, immediate(v.k)));
    out_.put(isa::load_memory(access_size(v.size), r, r, 0));
  }
  if (form == Form::kNumber && v.size > 1) out_.put(isa::from_be(r, 8 * v.size));
  return r;
}

Register ExtendedEvaluator::with_constant(ValueId id) {
  const Value& v = f_.values[id];
  const Register r = copy_of(v.a, number(v.a));
  out_.put(isa::alu32(alu_op(v.op), r, immediate(f_.values[v.b].k)));
  return r;
}

Register ExtendedEvaluator::binary(ValueId id) {
  const Value& v = f_.values[id];
  if (f_.is_const(v.b) && fits_instruction(v.op, f_.values[v.b].k)) return with_constant(id);
  if (registers_needed_[v.b] > registers_needed_[v.a]) {
    const Register b = number(v.b);
    const Pin pin(*this, b);
    return with_register(id, number(v.a), b);
  }
  const Register a = number(v.a);
  const Pin pin(*this, a);
  return with_register(id, a, number(v.b));
}

Register ExtendedEvaluator::with_register(ValueId id, Register a, Register b) {
  const Value& v = f_.values[id];
  const Pin pin(*this, b);
  if (v.op == Op::kDiv || v.op == Op::kMod) out_.leave_if(branch_on(JumpOp::kEq, b, 0), kReject);
  const Register r = copy_of(v.a, a);
  if (v.op == Op::kShl || v.op == Op::kShr) {
    shift(alu_op(v.op), r, b);
  } else {
    out_.put(isa::alu32(alu_op(v.op), r, b));
  }
  return r;
}

// By 32 or more the result is 0; the instruction would take the distance modulo 32.
void ExtendedEvaluator::shift(AluOp op, Register r, Register by) {
  constexpr std::uint32_t kMost = 31;
  const Label far = out_.fresh(), near = out_.fresh(), after = out_.fresh();
  out_.branch(branch_on(JumpOp::kGt, by, kMost), far, near);
  out_.begin(far);
  out_.put(isa::alu32(AluOp::kMov, r, 0));
  out_.go_to(after);
  out_.begin(near);
  out_.put(isa::alu32(op, r, by));
  out_.go_to(after);
  out_.begin(after);
}

std::uint8_t ExtendedEvaluator::wire_size(ValueId id) const {
  const Value* v = &f_.values[id];
  if (v->op == Op::kAnd && f_.is_const(v->b)) v = &f_.values[v->a];
  const bool is_wide_load = v->op == Op::kLoad && v->size > 1 && !ir::is_extension(*v) && !v->traps;
  return is_wide_load ? v->size : 0;
}

Register ExtendedEvaluator::wire(ValueId id) {
  if (const auto found = registers_.find(id, Form::kWire)) return used(*found);
  const Value& v = f_.values[id];
  if (v.op == Op::kLoad) return hold(load(id, Form::kWire), id, Form::kWire);
  const std::uint8_t size = wire_size(id);
  const Register from = wire(v.a);
  const Register r = copy_of(v.a, from);
  const std::uint32_t mask = f_.values[v.b].k & (0xffffffffU >> 8 * (4 - size));
  out_.put(isa::alu32(AluOp::kAnd, r, immediate(wire_constant(mask, size))));
  return hold(r, id, Form::kWire);
}

ExtendedEvaluator::Comparable ExtendedEvaluator::comparable(ValueId v) {
  const std::uint8_t size = wire_size(v);
  if (size == 0 || registers_.find(v, Form::kNumber)) return {.where = number(v), .size = 0};
  return {.where = wire(v), .size = size};
}

void ExtendedEvaluator::guard(ValueId v) {
  const opt::Reach::Extent extent = reach_.of_value(v);
  if (extent.only_absolute && extent.end <= kMaxPacket && !f_.values[v].traps) {
    need(extent.end);
  } else if (const Value& load = f_.values[v];
             load.op == Op::kLoad && load.a != kNone && !load.traps) {
    address(load.a, std::uint64_t{load.k} + load.size);
  } else {
    number(v);
  }
}

void ExtendedEvaluator::assign(const ir::Node& node) {
  const Register r = number(node.lhs);
  if (const auto home = params_.register_of(node.index)) {
    if (*home != r) out_.put(isa::alu32(AluOp::kMov, *home, r));
  } else {
    out_.put(isa::store_memory(AccessSize::kDouble, isa::kR10, ParamHomes::slot_of(node.index), r));
  }
  for (std::size_t i = 0; i < ExtendedRegisters::kCount; ++i) {
    Held& held = registers_[static_cast<Register>(i)];
    if (held.value != kNone && params_.depends(held.value)) held = {};
  }
}

}  // namespace weir::filter::codegen
