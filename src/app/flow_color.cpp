#include "app/flow_color.h"

#include <fmt/format.h>

#include <functional>
#include <iterator>

namespace weir::app {
namespace {

// Colors of the 256 of a terminal that can be read on a light ground and on a dark one.
constexpr int kPalette[] = {32, 35, 37, 64, 67, 71, 96, 98, 103, 107, 131, 133, 136, 139, 166, 172};

constexpr std::string_view kFaint = "\x1b[2m";
constexpr std::string_view kPlain = "\x1b[0m";

bool is_address(std::string_view name) {
  return name == "ip.src" || name == "ip.dst" || name == "ipv6.src" || name == "ipv6.dst";
}

bool is_port(std::string_view name) {
  return name.ends_with(".srcport") || name.ends_with(".dstport");
}

std::uint64_t hash_of(const packet::FieldValue& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value))
    return std::hash<std::uint64_t>()(*number * 0x9e3779b97f4a7c15);
  const auto* bytes = std::get_if<std::span<const std::byte>>(&value);
  if (bytes == nullptr) return 0;
  return std::hash<std::string_view>()(
      {reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

}  // namespace

void FlowColor::field(const packet::Field& field, std::size_t, std::size_t,
                      const packet::FieldValue& value) {
  int* const count = is_address(field.name) ? &addresses_ : is_port(field.name) ? &ports_ : nullptr;
  if (count == nullptr || *count == 2) return;
  ++*count;
  ends_ += hash_of(value);
}

std::string FlowColor::paint(std::string_view text) const {
  const std::size_t line = std::min(text.find('\n'), text.size());
  std::string out;
  if (addresses_ != 0) {
    out += fmt::format("\x1b[38;5;{}m", kPalette[(ends_ ^ ends_ >> 32) % std::size(kPalette)]);
    out += text.substr(0, line);
    out += kPlain;
  } else {
    out += text.substr(0, line);
  }
  if (line + 1 >= text.size()) return out + '\n';
  out += '\n';
  out += kFaint;
  out += text.substr(line + 1, text.size() - line - 2);
  out += kPlain;
  return out + '\n';
}

}  // namespace weir::app
