// What a path alone says about the file to be written.
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "capfile/writer.h"

namespace weir::capfile {
namespace {

struct CompressionSuffix {
  std::string_view suffix;
  Compression compression;
};
constexpr CompressionSuffix kCompressionSuffixes[] = {
    {".gz", Compression::kGzip},
    {".zst", Compression::kZstd},
    {".zstd", Compression::kZstd},
};

struct FormatSuffix {
  std::string_view suffix;
  Format format;
};
constexpr FormatSuffix kFormatSuffixes[] = {
    {".pcap", Format::kPcap},     {".cap", Format::kPcap},    {".dmp", Format::kPcap},
    {".pcapng", Format::kPcapng}, {".ntar", Format::kPcapng},
};

// `-` is the descriptor `standard`.
bool stat_of(const std::string& path, int standard, struct stat& out) {
  return (path == "-" ? ::fstat(standard, &out) : ::stat(path.c_str(), &out)) == 0;
}

}  // namespace

WriterOptions options_for_path(const std::string& path) {
  WriterOptions options;
  std::string_view stem = path;
  for (const CompressionSuffix& entry : kCompressionSuffixes) {
    if (!stem.ends_with(entry.suffix)) continue;
    options.compression = entry.compression;
    stem.remove_suffix(entry.suffix.size());
    break;
  }
  for (const FormatSuffix& entry : kFormatSuffixes) {
    if (stem.ends_with(entry.suffix)) options.format = entry.format;
  }
  return options;
}

bool is_regular_file(const std::string& path) {
  struct stat status = {};
  return path != "-" && ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool same_file(const std::string& input, const std::string& output) {
  struct stat a = {};
  struct stat b = {};
  return stat_of(input, STDIN_FILENO, a) && stat_of(output, STDOUT_FILENO, b) &&
         a.st_dev == b.st_dev && a.st_ino == b.st_ino && S_ISREG(a.st_mode);
}

}  // namespace weir::capfile
