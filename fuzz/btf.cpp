// Whatever the bytes of an object's and a kernel's types are, they are read or refused, every
// question about them is answered, and relocations change nothing but the code, in a bounded time.
#include "object/btf.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "base/reader.h"
#include "object/btf_ext.h"
#include "object/btf_values.h"
#include "object/c_type.h"
#include "object/core.h"

namespace {

using namespace weir;

constexpr object::BtfId kAsked = 200;
constexpr auto kValue = [] {
  std::array<std::byte, 64> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out.at(i) = static_cast<std::byte>(i * 7);
  return out;
}();

std::span<const std::byte> piece(ByteReader& reader) {
  const std::size_t length = reader.u16();
  return reader.take(std::min(length, reader.remaining()));
}

void ask_all(const object::Btf& btf) {
  for (object::BtfId id = 0; id < std::min(btf.type_count(), kAsked); ++id) {
    WEIR_CHECK(object::c_declaration(btf, id, "x").size() < 100'000);
    WEIR_CHECK(btf.has(btf.resolve(id)));
    (void)btf.size_of(id);
    const object::BtfType& type = btf.type(id);
    const auto found = btf.find(type.name, type.kind);
    WEIR_CHECK(type.name.empty() || (found && *found <= id));
    for (const object::BtfMember& member : btf.members(id)) WEIR_CHECK(btf.has(member.type));
    for (const auto style : {object::ValueStyle::kJson, object::ValueStyle::kText}) {
      std::string text = "x";
      WEIR_CHECK(object::append_value(text, btf, id, kValue, style) || text == "x");
    }
  }
}

// The code is made so that most instructions take what the relocation puts there.
void relocate(const object::Btf& local, const object::BtfExt& ext, const object::Btf& target) {
  object::CoreRelocator relocator(local, target, "the target");
  int left = 100;
  for (const object::CodeInfo& info : ext.sections()) {
    for (const object::CoreRecord& record : info.relocations) {
      if (--left < 0) return;
      for (const isa::ExtendedInsn& insn :
           {isa::load_memory(isa::AccessSize::kWord, isa::kR0, isa::kR1, 0),
            isa::alu64(isa::AluOp::kMov, isa::kR0, 1), isa::make_insn(isa::kWideCode)}) {
        isa::ExtendedProgram code = {insn, isa::make_insn(0)};
        const isa::ExtendedProgram before = code;
        const auto done = relocator.relocate(code, 0, record);
        WEIR_CHECK(done || code == before);
        WEIR_CHECK(!done || done->poisoned == !done->reason.empty());
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // On the heap and of that very size, for the sanitizers to see.
  const std::vector<std::byte> bytes(reinterpret_cast<const std::byte*>(data),
                                     reinterpret_cast<const std::byte*>(data) + size);
  ByteReader reader(bytes, std::endian::little);
  const std::span<const std::byte> types = piece(reader);
  const std::span<const std::byte> code = piece(reader);
  const auto local = object::Btf::parse(types);
  if (!local) return 0;
  ask_all(*local);
  const auto ext = object::BtfExt::parse(code, *local);
  if (ext) relocate(*local, *ext, *local);
  const auto target = object::Btf::parse(reader.rest());
  if (!target) return 0;
  ask_all(*target);
  if (ext) relocate(*local, *ext, *target);
  return 0;
}
