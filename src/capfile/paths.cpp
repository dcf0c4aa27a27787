// What a path alone says about the file to be written.
#include <sys/stat.h>

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

bool same_file(const std::string& left, const std::string& right) {
  struct stat a = {};
  struct stat b = {};
  return ::stat(left.c_str(), &a) == 0 && ::stat(right.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino && S_ISREG(a.st_mode);
}

}  // namespace weir::capfile
