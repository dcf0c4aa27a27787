// Object: what a compiled BPF object file holds, as plain data that depends on no file and no
// kernel. object/read.h makes it. What only a loader can know, descriptors of maps and addresses in
// a kernel, is left open in the code and listed in `relocations`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "isa/extended.h"
#include "object/kernel_types.h"

namespace weir::object {

// A function as it lies in a program's code: slots [slot, slot + slots) are those of the function
// in its section from `section_slot` on. Line information and CO-RE records are found by it.
struct CodePiece {
  std::uint32_t slot = 0;
  std::uint32_t slots = 0;
  std::string function;
  std::string section;
  std::uint32_t section_slot = 0;
};

enum class RelocationKind : std::uint8_t {
  kMap,       // load of 64 bits: the map Object::maps[index]
  kMapValue,  // load of 64 bits: the address of byte `offset` of that map's only value
  // Load of 64 bits: the address of Object::externs[index], a variable of the kernel, or a function
  // that the program asks for whether it is there.
  kExternAddress,
  kExternCall,  // call of Object::externs[index], a function of the kernel
};

struct Relocation {
  std::uint32_t slot = 0;
  RelocationKind kind = RelocationKind::kMap;
  std::uint32_t index = 0;
  std::uint32_t offset = 0;

  friend bool operator==(const Relocation&, const Relocation&) = default;
};

struct Program {
  std::string name;
  std::string section;  // without the `?` that says not to load it
  ProgramType type = ProgramType::kUnknown;
  std::optional<AttachType> attach_type;  // what the kernel calls the expected attach type
  std::string target;                     // "tcp_connect" of "fentry/tcp_connect"
  bool autoload = true;
  bool sleepable = false;
  bool frags = false;  // takes XDP packets in several buffers

  // The program, and behind it every function that it calls or takes the address of, each once, in
  // the order in which a walk through the code comes upon them. Calls among them are resolved.
  // What stands in `relocations` has its kind in `src` (none for the address of an extern) and an
  // immediate of zero, but for the offset into a map's value in their second slot.
  isa::ExtendedProgram code;
  std::vector<CodePiece> pieces;        // by slot; the first is the program itself
  std::vector<Relocation> relocations;  // by slot
};

enum class MapOrigin : std::uint8_t {
  kBtf,       // `.maps`
  kLegacy,    // struct bpf_map_def in `maps`
  kIproute2,  // struct bpf_elf_map in `maps`
  kData,      // the section of that name, or one that begins with it and a dot
  kRodata,
  kBss,
  kKconfig,  // variables whose values the loader knows
};

// A section of the file, as one value.
constexpr bool is_data(MapOrigin origin) {
  return origin == MapOrigin::kData || origin == MapOrigin::kRodata || origin == MapOrigin::kBss;
}

enum class Pinning : std::uint8_t {
  kNone,
  kByName,           // at a path with the map's name
  kObjectNamespace,  // the same for each object file (iproute2)
};

// `index` of Object::maps, or of Object::programs for a map of programs.
struct InitialSlot {
  std::uint32_t key = 0;
  std::uint32_t index = 0;

  friend auto operator<=>(InitialSlot, InitialSlot) = default;
};

struct MapDefinition {
  std::string name;  // the variable's, or the section's
  MapOrigin origin = MapOrigin::kBtf;
  MapType type = MapType::kUnknown;
  std::uint32_t key_size = 0;    // bytes
  std::uint32_t value_size = 0;  // bytes
  std::uint32_t max_entries = 0;
  std::uint32_t flags = 0;
  std::uint64_t extra = 0;
  std::uint32_t numa_node = 0;
  Pinning pinning = Pinning::kNone;
  std::uint32_t key_type = 0;        // a type of Object::btf; 0: none
  std::uint32_t value_type = 0;      // for data, the section's
  std::vector<MapDefinition> inner;  // what a map of maps holds: one, or none when nothing says so
  std::vector<InitialSlot> slots;    // by key
  std::vector<std::byte> bytes;      // the value at the start, of maps that are data; zeros follow
};

enum class ExternKind : std::uint8_t { kUnknown, kKconfig, kVariable, kFunction };

enum class KconfigKind : std::uint8_t { kBool, kTristate, kChar, kInteger, kText };

// Where in the map of origin kKconfig the value of an option goes, and how it is written there.
struct KconfigPlace {
  KconfigKind kind = KconfigKind::kInteger;
  bool is_signed = false;
  std::uint32_t offset = 0;
  std::uint32_t size = 0;  // bytes
};

// Something that the object uses and does not hold.
struct Extern {
  std::string name;
  ExternKind kind = ExternKind::kUnknown;
  bool weak = false;       // may be missing: its address is then zero
  std::uint32_t type = 0;  // its variable or function in Object::btf
  // The type behind its pointers and modifiers is known, so that it is looked for in the kernel's
  // BTF; without, in the kernel's table of symbols.
  bool typed = false;
  KconfigPlace kconfig;
};

// Something odd that stops nothing yet.
struct ObjectNote {
  std::string message;  // lower case, no full stop
  std::string hint;
};

struct Object {
  std::string name;     // of the file, without folder and suffix
  std::string license;  // empty: none
  std::uint32_t kernel_version = 0;
  std::vector<Program> programs;  // in the order of sections, then of places in them
  std::vector<MapDefinition> maps;
  std::vector<Extern> externs;
  // Types and what the compiler says of the code, as they stand in the file, but that variables
  // know their offsets, in which order they stand, and sections their sizes.
  std::vector<std::byte> btf;
  std::vector<std::byte> btf_ext;
  // Global functions that are hidden: the kernel may verify them with their callers.
  std::vector<std::string> hidden_functions;
  std::vector<ObjectNote> notes;
};

}  // namespace weir::object
