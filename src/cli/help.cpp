#include "cli/help.h"

#include <fmt/format.h>

namespace weir::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kTextColumn = 28;

// Breaks `text` at spaces so that no line passes kWidth; lines after the first begin at `column`.
std::string wrapped(std::string_view text, std::size_t column) {
  std::string out;
  std::size_t at = column;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (at != column && at + 1 + word.size() > kWidth) {
      out += fmt::format("\n{:{}}", "", column);
      at = column;
    }
    if (at != column) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
  }
  return out;
}

std::string paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    out += wrapped(text.substr(0, end), 0) + "\n\n";
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 2);
  }
  return out;
}

// "  left    right", with the right side wrapped; on a line of its own when the left one is too
// long.
std::string row(std::string_view left, std::string_view right) {
  std::string out = fmt::format("  {}", left);
  if (out.size() + 2 > kTextColumn) {
    out += fmt::format("\n{:{}}", "", kTextColumn);
  } else {
    out.append(kTextColumn - out.size(), ' ');
  }
  return out + wrapped(right, kTextColumn) + "\n";
}

std::string group_text(const VerbInfo* verb, Group group) {
  const auto shown = shown_options(verb, group);
  if (shown.empty()) return {};
  std::string out = fmt::format("{}:\n", group_title(group));
  for (const OptionInfo* option : shown) out += row(option_synopsis(*option), option_help(*option));
  return out + "\n";
}

std::string examples_text(const VerbInfo& verb) {
  if (verb.examples.empty()) return {};
  std::string out = "Examples:\n";
  for (const Example& example : verb.examples) {
    out += fmt::format("  {}\n      {}\n", example.command, example.what);
  }
  return out;
}

std::string commands_text() {
  std::string out = "Commands:\n";
  for (const VerbInfo& verb : verbs()) out += row(verb.name, verb.summary);
  return out + "\n";
}

void trim_end(std::string& text) {
  while (text.ends_with("\n\n")) text.pop_back();
}

}  // namespace

std::vector<const OptionInfo*> shown_options(const VerbInfo* verb, Group group) {
  std::vector<const OptionInfo*> out;
  for (const OptionInfo& option : options()) {
    if (option.group == group && !option.hidden && belongs_to(option, verb)) out.push_back(&option);
  }
  return out;
}

std::string option_synopsis(const OptionInfo& option) {
  std::string out;
  if (option.short_name != 0) out = fmt::format("-{}", option.short_name);
  if (!option.long_name.empty())
    out += fmt::format("{}--{}", out.empty() ? "" : ", ", option.long_name);
  if (!option.value.empty()) out += fmt::format(" {}", option.value);
  return out;
}

std::string option_help(const OptionInfo& option) {
  std::string out(option.help);
  if (!option.default_value.empty()) out += fmt::format(" (default: {})", option.default_value);
  if (option.repeatable && !option.value.empty()) out += " (may be given several times)";
  return out;
}

std::string usage_line(const VerbInfo* verb) {
  if (verb == nullptr) return "weir COMMAND [OPTION...] [ARGUMENT...]";
  return fmt::format("weir {} [OPTION...] {}", verb->name, verb->arguments);
}

std::string help_text(const VerbInfo* verb) {
  std::string out = fmt::format("usage: {}\n\n", usage_line(verb));
  if (verb == nullptr) {
    out += "weir filters packets with BPF.\n\n" + commands_text();
  } else {
    out += paragraphs(verb->description);
  }
  for (const Group group : kGroups) out += group_text(verb, group);
  if (verb != nullptr) out += examples_text(*verb);
  trim_end(out);
  return out;
}

}  // namespace weir::cli
