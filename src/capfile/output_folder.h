// OutputFolder: a folder that was opened once, and files in it. What is created in it later needs
// no way to it any more: privileges may have been dropped meanwhile.
#pragma once

#include <string>

#include <weir/result.h>

#include "base/fd.h"

namespace weir::capfile {

class OutputFolder {
 public:
  // Empty: the working directory.
  static Result<OutputFolder> open(const std::string& path);

  // Names are relative to the folder. An existing file is emptied.
  Result<Fd> create(const std::string& name) const;
  Result<> rename(const std::string& from, const std::string& to) const;

  // For messages, and for commands that are given the file.
  std::string path_of(const std::string& name) const { return path_ + name; }

 private:
  OutputFolder(Fd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}

  Fd fd_;
  std::string path_;  // empty, or with a slash at its end
};

}  // namespace weir::capfile
