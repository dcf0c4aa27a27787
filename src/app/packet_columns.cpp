#include "app/packet_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/field_text.h"
#include "app/time_text.h"
#include "base/suggest.h"

namespace weir::app {
namespace {

// What the capture itself says of a packet.
constexpr std::string_view kFrameFields[] = {"frame.number",    "frame.time",
                                             "frame.len",       "frame.cap_len",
                                             "frame.link_type", "frame.interface_id"};

// RFC 4180: a value with a comma or a quote stands in quotes.
std::string csv_text(std::string_view value) {
  if (value.find_first_of(",\"") == std::string_view::npos) return std::string(value);
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

PacketColumns::PacketColumns(const CaptureOptions& options)
    : names_(options.fields),
      separator_(options.field_separator),
      values_(names_.size()),
      ever_(names_.size()) {
  for (std::size_t i = 0; i < names_.size(); ++i)
    shown_.push_back(columns_.emplace(names_[i], i).first->second);
}

void PacketColumns::add(std::size_t column, std::string_view text) {
  std::string& value = values_[column];
  if (!value.empty()) value += ',';
  value += text;
  ever_[column] = true;
}

void PacketColumns::set(std::string_view name, const std::string& text) {
  if (const auto found = columns_.find(name); found != columns_.end()) add(found->second, text);
}

void PacketColumns::begin(const Packet& packet, std::uint64_t number) {
  for (std::string& value : values_) value.clear();
  set("frame.number", fmt::format("{}", number));
  set("frame.time", time_text(packet.time_ns));
  set("frame.len", fmt::format("{}", packet.wire_length));
  set("frame.cap_len", fmt::format("{}", packet.bytes.size()));
  set("frame.link_type", link_type_text(packet.link_type));
  set("frame.interface_id", fmt::format("{}", packet.interface_id));
}

void PacketColumns::field(const packet::Field& field, std::size_t, std::size_t size,
                          const packet::FieldValue& value) {
  const auto found = columns_.find(field.name);
  if (found != columns_.end()) {
    add(found->second, field_text(field, size, value));
  } else if (!seen_.contains(field.name)) {
    seen_.emplace(field.name);
  }
}

std::string_view PacketColumns::end() {
  line_.clear();
  const bool comma = separator_ == FieldSeparator::kComma;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    const std::string& value = values_[shown_[i]];
    if (i != 0) line_ += comma ? ',' : '\t';
    line_ += comma ? csv_text(value) : value;
  }
  line_ += '\n';
  return line_;
}

std::optional<Error> PacketColumns::remark() const {
  const auto empty = std::ranges::find_if(shown_, [&](std::size_t i) { return !ever_[i]; });
  if (empty == shown_.end() || (seen_.empty() && std::ranges::none_of(ever_, std::identity{})))
    return {};
  const std::string& name = names_[*empty];
  std::vector<std::string_view> known(seen_.begin(), seen_.end());
  known.insert(known.end(), std::begin(kFrameFields), std::end(kFrameFields));
  const std::string_view near = closest_word(name, known);
  return Error{.message = fmt::format("no packet has a field `{}`", name),
               .hint = near.empty() ? "`weir capture --json` shows the fields that there are"
                                    : fmt::format("did you mean `{}`?", near),
               .offset = {}};
}

}  // namespace weir::app
