#include "capfile/info.h"

namespace weir::capfile {

std::string_view name(Format format) { return format == Format::kPcap ? "pcap" : "pcapng"; }

std::string_view name(Compression compression) {
  switch (compression) {
    case Compression::kNone:
      return "none";
    case Compression::kGzip:
      return "gzip";
    case Compression::kZstd:
      return "zstd";
  }
  return "unknown";
}

}  // namespace weir::capfile
