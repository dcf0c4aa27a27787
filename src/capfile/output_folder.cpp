#include "capfile/output_folder.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace weir::capfile {

Result<OutputFolder> OutputFolder::open(const std::string& path) {
  Fd fd(::open(path.empty() ? "." : path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return fail("cannot open the folder `" + path + "`: " + std::strerror(errno));
  return OutputFolder(std::move(fd), path);
}

Result<Fd> OutputFolder::create(const std::string& name) const {
  Fd fd(::openat(fd_.get(), name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd) return fail("cannot create `" + path_of(name) + "`: " + std::strerror(errno));
  return fd;
}

Result<> OutputFolder::rename(const std::string& from, const std::string& to) const {
  if (::renameat(fd_.get(), from.c_str(), fd_.get(), to.c_str()) == 0) return {};
  return fail("cannot rename `" + path_of(from) + "` to `" + to + "`: " + std::strerror(errno));
}

}  // namespace weir::capfile
