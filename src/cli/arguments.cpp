#include "cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <deque>

#include "base/check.h"
#include "base/suggest.h"

namespace weir::cli {
namespace {

const OptionInfo* find_option(const VerbInfo* verb, Option option) {
  const auto found = std::ranges::find_if(options(), [&](const OptionInfo& info) {
    return info.option == option && belongs_to(info, verb);
  });
  return found == options().end() ? nullptr : &*found;
}

std::string flags_of(const OptionInfo& info) {
  std::string out;
  if (info.short_name != 0) out = fmt::format("-{}", info.short_name);
  if (!info.long_name.empty()) out += fmt::format("{}--{}", out.empty() ? "" : ",", info.long_name);
  return out;
}

// Where CLI11 leaves what it found for one option.
struct Slot {
  Option option;
  bool is_flag;
  std::int64_t count = 0;
  std::vector<std::string> values;
};
using Slots = std::deque<Slot>;  // CLI11 keeps pointers into it

void register_option(CLI::App& app, const OptionInfo& info, Slots& slots) {
  Slot& slot =
      slots.emplace_back(Slot{.option = info.option, .is_flag = info.value.empty(), .values = {}});
  if (slot.is_flag) {
    app.add_flag(flags_of(info), slot.count);
    return;
  }
  app.add_option(flags_of(info), slot.values)
      ->type_name(std::string(info.value))
      ->allow_extra_args(false)
      ->expected(1, CLI::detail::expected_max_vector_size);
}

void register_options(CLI::App& app, const VerbInfo* verb, Slots& slots) {
  app.set_help_flag();
  app.allow_extras();
  for (const OptionInfo& info : options()) {
    if (belongs_to(info, verb)) register_option(app, info, slots);
  }
}

Arguments collect(const VerbInfo* verb, const Slots& slots, std::vector<std::string> words) {
  Arguments out;
  out.verb = verb;
  out.words = std::move(words);
  for (const Slot& slot : slots) {
    for (std::int64_t i = 0; i < slot.count; ++i) out.add(slot.option, {});
    for (const std::string& value : slot.values) out.add(slot.option, value);
  }
  return out;
}

// An option whose second value would silently replace the first.
std::optional<Error> find_repeated(const VerbInfo* verb, const Slots& slots) {
  for (const Slot& slot : slots) {
    const OptionInfo& info = *find_option(verb, slot.option);
    if (slot.values.size() < 2 || info.repeatable) continue;
    return usage_error(fmt::format("`{}` is given {} times", flags_of(info), slot.values.size()),
                       "give it once")
        .error();
  }
  return std::nullopt;
}

std::string help_command(const VerbInfo* verb) {
  return verb == nullptr ? "`weir --help` lists the commands"
                         : fmt::format("`weir {} --help` lists the options", verb->name);
}

struct Elsewhere {
  std::string_view option;
  std::string_view hint;
};

// What tcpdump's users may reach for, and where it is here.
constexpr Elsewhere kElsewhere[] = {
    {"-d", "`weir compile -d` prints the code of an expression"},
    {"-E", "weir decrypts nothing; it shows what is not encrypted"},
    {"-I", "put the interface into monitor mode with `iw`, then capture from it"},
    {"-J", "`-j` takes `host`, `adapter` or `adapter_unsynced`"},
    {"-T", "packets are told by their ports; `--http any` finds HTTP on others"},
    {"-V", "give `-r` for each file"},
    {"--print", "`weir capture -w - | tee FILE | weir capture -r -` writes and prints"},
    {"--version", "`weir --version` shows it"},
};

std::string_view hint_for_tcpdump_option(const VerbInfo* verb, std::string_view word) {
  if (verb == nullptr || verb->verb != Verb::kCapture) return {};
  const bool is_long = word.starts_with("--");
  const auto found =
      std::ranges::find(kElsewhere, is_long ? word : word.substr(0, 2), &Elsewhere::option);
  return found == std::ranges::end(kElsewhere) ? std::string_view() : found->hint;
}

std::unexpected<Error> unknown_option(const VerbInfo* verb, const std::string& word) {
  if (const std::string_view hint = hint_for_tcpdump_option(verb, word); !hint.empty())
    return usage_error(fmt::format("unknown option `{}`", word), std::string(hint));
  std::vector<std::string> names;
  for (const OptionInfo& info : options()) {
    if (belongs_to(info, verb) && !info.hidden && !info.long_name.empty())
      names.push_back(fmt::format("--{}", info.long_name));
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view meant = closest_word(word.substr(0, word.find('=')), candidates);
  return usage_error(
      fmt::format("unknown option `{}`", word),
      meant.empty() ? help_command(verb) + "; an expression that begins with `-` goes after `--`"
                    : fmt::format("did you mean `{}`?", meant));
}

std::unexpected<Error> unknown_command(const std::string& word) {
  std::vector<std::string_view> names;
  for (const VerbInfo& verb : verbs()) names.push_back(verb.name);
  const std::string_view meant = closest_word(word, names);
  return usage_error(
      fmt::format("unknown command `{}`", word),
      meant.empty() ? help_command(nullptr) : fmt::format("did you mean `{}`?", meant));
}

bool looks_like_option(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

// What parse() of CLI11 expects: the arguments, last first.
std::vector<std::string> reversed(std::span<const char* const> arguments) {
  return {arguments.rbegin(), arguments.rend()};
}

Result<Arguments> parse_for(const VerbInfo* verb, std::span<const char* const> arguments) {
  // What follows `--` is never an option.
  const auto dashes = std::ranges::find(arguments, std::string_view("--"));
  const std::span before(arguments.begin(), dashes);
  CLI::App app;
  Slots slots;
  register_options(app, verb, slots);
  try {
    std::vector<std::string> words = reversed(before);
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what(), help_command(verb));
  }
  std::vector<std::string> words = app.remaining();
  const auto unknown = std::ranges::find_if(words, looks_like_option);
  if (unknown != words.end()) return unknown_option(verb, *unknown);
  if (std::optional<Error> repeated = find_repeated(verb, slots))
    return std::unexpected(std::move(*repeated));
  if (dashes != arguments.end()) words.insert(words.end(), dashes + 1, arguments.end());
  return collect(verb, slots, std::move(words));
}

}  // namespace

std::size_t Arguments::count(Option option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? 0 : found->second.size();
}

std::span<const std::string> Arguments::values(Option option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::span<const std::string>() : std::span(found->second);
}

std::string_view Arguments::value(Option option) const {
  if (has(option)) return values(option).back();
  const OptionInfo* info = find_option(verb, option);
  return info == nullptr ? std::string_view() : info->default_value;
}

std::optional<std::string> Arguments::optional_value(Option option) const {
  if (!has(option)) return std::nullopt;
  return std::string(value(option));
}

Result<std::uint64_t> Arguments::number(Option option, std::uint64_t least,
                                        std::uint64_t most) const {
  const OptionInfo* info = find_option(verb, option);
  WEIR_CHECK(info != nullptr);
  const std::string_view text = value(option);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= least && number <= most)
    return number;
  return usage_error(fmt::format("`{}` is no value for `{}`", text, flags_of(*info)),
                     fmt::format("a whole number from {} to {} is wanted", least, most));
}

Result<Arguments> parse_arguments(std::span<const char* const> arguments) {
  if (arguments.empty() || arguments[0][0] == '-') return parse_for(nullptr, arguments);
  const VerbInfo* verb = find_verb(arguments[0]);
  if (verb == nullptr) return unknown_command(arguments[0]);
  return parse_for(verb, arguments.subspan(1));
}

}  // namespace weir::cli
