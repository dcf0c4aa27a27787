// A folder of its own for each test process, which goes with the process.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace weir::test {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "weir-test-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// The path of a file in the folder of this process.
inline std::string temporary_path(const std::string& name) {
  static const TemporaryFolder kFolder;
  return kFolder.file(name);
}

}  // namespace weir::test
