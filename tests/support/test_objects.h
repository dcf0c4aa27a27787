// The BPF objects that were compiled for the tests, tests/objects/*.bpf.c.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace weir::testing {

// The bytes of a file; none when it is not there.
inline std::vector<std::byte> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto* const begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

// "maps-clang19-v3" as its bytes; none when the compiler was not there.
inline std::vector<std::byte> test_object(const std::string& name) {
  return read_file(std::filesystem::path(WEIR_TEST_OBJECTS) / (name + ".o"));
}

inline constexpr const char* kNoObjects = "clang-19 is not installed, which compiles the objects";

}  // namespace weir::testing
