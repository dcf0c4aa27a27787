#include "app/cooked_code.h"

#include <algorithm>
#include <span>

#include "isa/classic.h"
#include "isa/classic_extension.h"

namespace weir::app {
namespace {

struct HeaderField {
  std::uint32_t offset;
  std::uint32_t size;
  isa::Extension extension;  // what the kernel answers instead
};

struct CookedLayout {
  std::uint32_t header_bytes;
  std::span<const HeaderField> fields;
};

constexpr HeaderField kSllFields[] = {{0, 2, isa::Extension::kPacketType},
                                      {2, 2, isa::Extension::kHardwareType},
                                      {14, 2, isa::Extension::kProtocol}};
constexpr HeaderField kSll2Fields[] = {{0, 2, isa::Extension::kProtocol},
                                       {4, 4, isa::Extension::kInterfaceIndex},
                                       {8, 2, isa::Extension::kHardwareType},
                                       {10, 1, isa::Extension::kPacketType}};

CookedLayout layout_of(LinkType link_type) {
  if (link_type == LinkType::kLinuxSll) return {.header_bytes = 16, .fields = kSllFields};
  return {.header_bytes = 20, .fields = kSll2Fields};
}

// Where `insn` reads in the packet; empty when it reads none of its bytes.
enum class Reads { kNothing, kAbsolute, kIndirect, kLength };

Reads reads_of(const ClassicInsn& insn) {
  const isa::ClassicInfo* info = isa::find_classic(insn.code);
  if (info == nullptr) return Reads::kNothing;
  switch (info->operand) {
    case isa::Operand::kAbsolute:
    case isa::Operand::kHeaderLength:
      return Reads::kAbsolute;
    case isa::Operand::kIndirect:
      return Reads::kIndirect;
    case isa::Operand::kPacketLength:
      return Reads::kLength;
    default:
      return Reads::kNothing;
  }
}

bool move_absolute(ClassicInsn& insn, const CookedLayout& layout) {
  if (insn.k >= isa::kLinkLayerBase) return insn.k >= isa::kExtensionBase;
  if (insn.k >= layout.header_bytes) {
    insn.k -= layout.header_bytes;
    return true;
  }
  const auto field = std::ranges::find_if(layout.fields, [&](const HeaderField& each) {
    return each.offset == insn.k && each.size == isa::load_size(insn.code);
  });
  if (field == layout.fields.end() || isa::class_of(insn.code) != isa::kClassLd) return false;
  insn = isa::stmt(isa::kLdbAbs, isa::extension_k(field->extension));
  return true;
}

bool move_read(ClassicInsn& insn, const CookedLayout& layout) {
  switch (reads_of(insn)) {
    case Reads::kNothing:
      return true;
    case Reads::kLength:
      return false;
    case Reads::kAbsolute:
      return move_absolute(insn, layout);
    case Reads::kIndirect:
      // Below it, X may hold the rest of the way over the header.
      if (insn.k < layout.header_bytes) return false;
      insn.k -= layout.header_bytes;
      return true;
  }
  return false;
}

}  // namespace

std::optional<ClassicProgram> code_for_cooked_socket(const ClassicProgram& program,
                                                     LinkType link_type) {
  const CookedLayout layout = layout_of(link_type);
  ClassicProgram out = program;
  if (!std::ranges::all_of(out, [&](ClassicInsn& insn) { return move_read(insn, layout); }))
    return std::nullopt;
  return out;
}

}  // namespace weir::app
