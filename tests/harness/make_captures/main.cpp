// make_captures FOLDER: writes the captures that ship with weir.
// make_captures --check FOLDER: whether the files there are what it would write.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "captures.h"

namespace {

using weir::captures::Bytes;

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_same(const std::filesystem::path& path, const std::string& expected) {
  std::ifstream stream(path, std::ios::binary);
  return stream && std::string(std::istreambuf_iterator<char>(stream), {}) == expected;
}

bool write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream stream(path, std::ios::binary);
  stream << content;
  return stream.flush().good();
}

}  // namespace

int main(int argc, char** argv) {
  const bool check = argc == 3 && std::string_view(argv[1]) == "--check";
  if (argc != 2 && !check) {
    std::cerr << "usage: make_captures [--check] FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[argc - 1];
  int failures = 0;
  for (const auto& capture : weir::captures::kCaptures) {
    const std::string content = text_of(capture.make());
    const auto path = folder / capture.file;
    if (check ? is_same(path, content) : write(path, content)) continue;
    std::cerr << path.string()
              << (check ? " is not what make_captures writes" : " cannot be written") << '\n';
    ++failures;
  }
  return failures == 0 ? 0 : 1;
}
