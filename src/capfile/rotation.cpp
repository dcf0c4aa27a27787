#include "capfile/rotation.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace weir::capfile {
namespace {

// An empty result of strftime(3) may be an error or none; a space in front tells them apart.
std::string filled_in(const std::string& pattern, std::time_t when) {
  constexpr std::size_t kLongest = std::size_t{1} << 16;
  std::tm time = {};
  ::localtime_r(&when, &time);
  const std::string guarded = " " + pattern;
  for (std::size_t size = 256; size <= kLongest; size *= 2) {
    std::vector<char> out(size);
    const std::size_t length = std::strftime(out.data(), out.size(), guarded.c_str(), &time);
    if (length != 0) return std::string(out.data() + 1, length - 1);
  }
  return pattern;
}

// As many digits as the last of them has; of a single one, none.
std::size_t number_width(std::optional<std::uint32_t> files) {
  return files && *files > 1 ? std::to_string(*files - 1).size() : 0;
}

}  // namespace

std::string rotated_name(const std::string& pattern, const Rotation& rotation, std::time_t when,
                         std::uint32_t number) {
  std::string out = rotation.period ? filled_in(pattern, when) : pattern;
  if (!rotation.bytes) return out;
  const std::size_t width = number_width(rotation.files);
  if (number == 0 && width == 0) return out;
  const std::string text = std::to_string(number);
  return out + std::string(width - std::min(width, text.size()), '0') + text;
}

std::string fixed_folder(const std::string& pattern, const Rotation& rotation) {
  const std::string_view fixed =
      std::string_view(pattern).substr(0, rotation.period ? pattern.find('%') : std::string::npos);
  const std::size_t slash = fixed.rfind('/');
  return slash == std::string_view::npos ? std::string() : pattern.substr(0, slash + 1);
}

}  // namespace weir::capfile
