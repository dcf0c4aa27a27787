// JSON by nlohmann's events; a counting iterator tells where in the source each of them stands.
#include "object/annotation_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/suggest.h"
#include "diag/quote.h"
#include "object/json_depth.h"

namespace weir::object {
namespace annotation_value {
namespace {

using nlohmann::json;

constexpr auto kShapes = std::to_array<std::string_view>(
    {"a text", "an integer", "a string", "`true` or `false`", "a string, a number or a truth value",
     "a string or an integer", "one of the known words", "an object in braces",
     "a known word or an object in braces"});

bool has_shape(const json& value, ValueShape shape) {
  switch (shape) {
    case ValueShape::kInteger:
      return value.is_number_integer();
    case ValueShape::kBool:
      return value.is_boolean();
    case ValueShape::kScalar:
      return value.is_string() || value.is_number() || value.is_boolean();
    case ValueShape::kTextOrInteger:
      return value.is_string() || value.is_number_integer();
    case ValueShape::kObject:
      return value.is_object();
    case ValueShape::kAny:
      return value.is_string() || value.is_object();
    default:
      return value.is_string();
  }
}

// A member of an object, in quotes as it stands in the source.
struct Place {
  diag::SourceRange key;
  diag::SourceRange value;
};

std::uint32_t skip(std::string_view text, std::uint32_t at, std::uint32_t end,
                   std::string_view blanks) {
  while (at < end && blanks.contains(text[at])) ++at;
  return at;
}

// Behind the string or the one character that is here.
std::uint32_t next(std::string_view text, std::uint32_t at, std::uint32_t end) {
  if (text[at] != '"') return at + 1;
  for (++at; at < end && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, end);
}

// REQUIRES: bytes [begin, end) are an object of JSON.
std::vector<Place> members(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  constexpr std::string_view kBetween = " \t\n,:";
  std::vector<Place> out;
  for (std::uint32_t at = skip(text, begin + 1, end, kBetween); at < end && text[at] != '}';) {
    Place place{.key = {at, next(text, at, end)}, .value = {}};
    at = place.value.begin = skip(text, place.key.end, end, kBetween);
    int depth = 0;
    while (at < end) {
      if (depth == 0 && (text[at] == ',' || text[at] == '}')) break;
      if (text[at] == '{' || text[at] == '[') ++depth;
      if (text[at] == '}' || text[at] == ']') --depth;
      at = next(text, at, end);
    }
    place.value.end = at;
    while (std::string_view(" \t\n").contains(text[place.value.end - 1])) --place.value.end;
    out.push_back(place);
    at = skip(text, at, end, kBetween);
  }
  return out;
}

bool is_choice(const json& value, std::span<const std::string_view> choices) {
  return std::ranges::find(choices, value.get_ref<const std::string&>()) != choices.end();
}

class Checker {
 public:
  Checker(std::string_view text, const AnnotationRow& row, diag::Diagnostics& diagnostics)
      : text_(text), row_(row), diagnostics_(diagnostics) {}

  void check(const json& value, diag::SourceRange range) {
    check_value(value, range, row_.shape, row_.choices, fmt::format("`@{}`", row_.name));
    if (row_.shape == ValueShape::kObject && value.is_object()) check_members(value, range);
  }

  bool good() const { return good_; }

 private:
  void refuse(diag::Kind kind, diag::SourceRange range, std::string message, std::string hint) {
    good_ = false;
    diagnostics_.error(kind, range, std::move(message), std::move(hint));
  }

  void check_value(const json& value, diag::SourceRange range, ValueShape shape,
                   std::span<const std::string_view> choices, const std::string& of) {
    if (!has_shape(value, shape)) {
      refuse(diag::Kind::kExpectedValue, range,
             fmt::format("the value of {} is {}, not {}", of, value.type_name(),
                         kShapes[static_cast<std::size_t>(shape)]),
             fmt::format("give {}", kShapes[static_cast<std::size_t>(shape)]));
    } else if (!choices.empty() && value.is_string() && !is_choice(value, choices)) {
      const auto word = value.get<std::string>();
      refuse(diag::Kind::kUnknownWord, range, fmt::format("{} cannot be {}", of, diag::quote(word)),
             hint_among(word, choices));
    }
  }

  void check_members(const json& value, diag::SourceRange range) {
    std::vector<std::string> seen;
    for (const Place& place : members(text_, range.begin, range.end)) {
      const auto key = part(place.key).get<std::string>();
      if (std::ranges::find(seen, key) != seen.end())
        refuse(diag::Kind::kUnknownWord, place.key,
               fmt::format("{} is given twice", diag::quote(key)), "keep one of them");
      seen.push_back(key);
      check_member(key, place);
    }
    for (const AnnotationField& field : row_.fields) {
      if (field.required && !value.contains(field.name))
        refuse(diag::Kind::kExpectedValue, range,
               fmt::format("`@{}` lacks `{}`", row_.name, field.name),
               fmt::format("add `\"{}\":` and {}", field.name,
                           kShapes[static_cast<std::size_t>(field.shape)]));
    }
  }

  void check_member(const std::string& key, const Place& place) {
    const auto field = std::ranges::find(row_.fields, key, &AnnotationField::name);
    if (field != row_.fields.end())
      return check_value(part(place.value), place.value, field->shape, field->choices,
                         diag::quote(key));
    std::vector<std::string_view> names;
    for (const AnnotationField& known : row_.fields) names.push_back(known.name);
    refuse(diag::Kind::kUnknownWord, place.key,
           fmt::format("`@{}` has no key {}", row_.name, diag::quote(key)), hint_among(key, names));
  }

  json part(diag::SourceRange range) const {
    return json::parse(text_.substr(range.begin, range.end - range.begin));
  }

  std::string_view text_;
  const AnnotationRow& row_;
  diag::Diagnostics& diagnostics_;
  bool good_ = true;
};

std::optional<json> parse(std::string_view text, std::uint32_t begin, std::uint32_t end,
                          diag::Diagnostics& diagnostics) {
  const std::string_view part = text.substr(begin, end - begin);
  const auto refuse = [&](std::size_t offset, const char* message) {
    const auto at = begin + static_cast<std::uint32_t>(std::min(offset, part.size() - 1));
    diagnostics.error(diag::Kind::kExpectedValue, {at, at + 1}, message,
                      "write a value of JSON, as `{\"key\":1}`; names and texts stand in quotes");
    return std::nullopt;
  };
  if (const auto deep = too_deep_at(part)) return refuse(*deep, "the value is nested too deeply");
  try {
    return json::parse(part);
  } catch (const json::parse_error& error) {
    return refuse(error.byte - std::min<std::size_t>(error.byte, 1),
                  "the value is not JSON from here on");
  } catch (const json::exception&) {
    return refuse(0, "the value has a number that is too large");
  }
}

}  // namespace
}  // namespace annotation_value

std::uint32_t json_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  if (text[begin] != '{' && text[begin] != '[') {
    std::uint32_t at = begin;
    while (at < end && text[at] != '\n') at = annotation_value::next(text, at, end);
    while (at > begin && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
    return at;
  }
  int depth = 0;
  for (std::uint32_t at = begin; at < end;) {
    const char c = text[at];
    at = annotation_value::next(text, at, end);
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return end;
}

std::optional<std::string> read_annotation_value(std::string_view text, std::uint32_t begin,
                                                 std::uint32_t end, const AnnotationRow& row,
                                                 diag::Diagnostics& diagnostics) {
  const auto value = annotation_value::parse(text, begin, end, diagnostics);
  if (!value) return std::nullopt;
  annotation_value::Checker checker(text, row, diagnostics);
  checker.check(*value, {begin, end});
  if (!checker.good()) return std::nullopt;
  return value->dump();
}

std::string json_text(std::string_view text) {
  using nlohmann::json;
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string hint_among(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view near = closest_word(word, candidates);
  if (!near.empty()) return fmt::format("did you mean `{}`?", near);
  return fmt::format("known are `{}`", fmt::join(candidates, "`, `"));
}

}  // namespace weir::object
