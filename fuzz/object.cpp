// Whatever bytes an object file has, it is read or refused, in a bounded time, and what is read
// keeps its promises.
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/check.h"
#include "isa/extended.h"
#include "object/print.h"
#include "object/read.h"

namespace {

using namespace weir;
using object::RelocationKind;

void check_relocation(const object::Object& object, const object::Program& program,
                      const object::Relocation& relocation) {
  WEIR_CHECK(relocation.slot < program.code.size());
  const isa::ExtendedInsn& insn = program.code[relocation.slot];
  const bool to_map =
      relocation.kind == RelocationKind::kMap || relocation.kind == RelocationKind::kMapValue;
  WEIR_CHECK(relocation.index < (to_map ? object.maps.size() : object.externs.size()));
  if (relocation.kind == RelocationKind::kExternCall) {
    WEIR_CHECK(insn.code == isa::kCallCode);
  } else {
    WEIR_CHECK(isa::is_wide(insn) && relocation.slot + 1 < program.code.size());
  }
}

void check_program(const object::Object& object, const object::Program& program) {
  std::size_t slot = 0;
  for (const object::CodePiece& piece : program.pieces) {
    WEIR_CHECK(piece.slot == slot);
    slot += piece.slots;
  }
  WEIR_CHECK(slot == program.code.size());
  for (const object::Relocation& relocation : program.relocations)
    check_relocation(object, program, relocation);
}

void check_map(const object::Object& object, const object::MapDefinition& map) {
  const std::size_t targets =
      object::is_map_of_maps(map.type) ? object.maps.size() : object.programs.size();
  for (const object::InitialSlot& slot : map.slots) WEIR_CHECK(slot.index < targets);
  WEIR_CHECK(map.bytes.size() <= map.value_size);
  WEIR_CHECK(map.inner.size() <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto object = object::read_object(std::as_bytes(std::span(data, size)), "fuzz.bpf.o");
  if (!object) {
    WEIR_CHECK(!object.error().message.empty());
    return 0;
  }
  for (const object::Program& program : object->programs) check_program(*object, program);
  for (const object::MapDefinition& map : object->maps) check_map(*object, map);
  WEIR_CHECK(object->programs.empty() || !object::format_object(*object).empty());
  return 0;
}
