// libbpf as the oracle of object files: what it makes of one, as plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "isa/extended.h"

namespace weir::difftest {

struct OracleMap {
  std::string name;
  std::uint32_t type = 0;
  std::uint32_t key_size = 0;
  std::uint32_t value_size = 0;
  std::uint32_t max_entries = 0;
  std::uint32_t flags = 0;
  std::uint64_t extra = 0;
  std::uint32_t numa_node = 0;
  std::uint32_t key_type = 0;
  std::uint32_t value_type = 0;
  std::string pin_path;
  std::vector<OracleMap> inner;
  std::optional<std::vector<std::byte>> bytes;  // of data
  // From here on when it was loaded.
  int fd = -1;
  std::uint32_t id = 0;
  std::map<std::uint32_t, std::uint32_t> slots;  // of maps of maps and programs: their ids
};

struct OracleProgram {
  std::string name;
  std::string section;
  std::uint32_t type = 0;
  std::uint32_t attach_type = 0;
  bool autoload = true;
  // From here on when it was loaded.
  isa::ExtendedProgram code;
  std::uint32_t id = 0;
};

struct OracleObject {
  bool opened = false;
  bool loaded = false;
  std::string log;
  std::vector<std::byte> btf;
  std::vector<OracleMap> maps;
  std::vector<OracleProgram> programs;
};

// kRelocate loads as well, but the verifier may refuse what has been relocated.
enum class OracleDepth { kOpen, kRelocate, kLoad };

OracleObject read_with_libbpf(std::span<const std::byte> object, OracleDepth depth);

// What libbpf takes a program's section for.
struct OracleSection {
  std::uint32_t type = 0;
  std::uint32_t attach_type = 0;
};
std::optional<OracleSection> libbpf_section(const std::string& name);

// As libbpf spells them; empty for numbers that it does not know.
std::string libbpf_program_type(std::uint32_t number);
std::string libbpf_attach_type(std::uint32_t number);
std::string libbpf_map_type(std::uint32_t number);

}  // namespace weir::difftest
