#include "cli/run.h"

#include <fmt/format.h>

#include "cli/documents.h"
#include "cli/help.h"

namespace weir::cli {
namespace {

int print(std::string_view text, Console& console) {
  console.out.write(text);
  return kDone;
}

int run_generate(const Arguments& arguments, Console& console) {
  const std::optional<std::string> document = generate_document(arguments.value(Option::kGenerate));
  if (document) return print(*document, console);
  return report(Error{.kind = ErrorKind::kUsage,
                      .message = fmt::format("nothing to generate is called `{}`",
                                             arguments.value(Option::kGenerate)),
                      .hint = "one of man, bash, zsh, fish",
                      .offset = {}},
                console);
}

int run_weir_itself(const Arguments& arguments, Console& console) {
  if (arguments.has(Option::kVersion)) return print("weir " WEIR_VERSION "\n", console);
  if (arguments.has(Option::kHelp)) return print(help_text(nullptr), console);
  if (arguments.has(Option::kGenerate)) return run_generate(arguments, console);
  console.err.write(help_text(nullptr));
  return kUsageWrong;
}

int run_verb(const Arguments& arguments, Console& console) {
  if (arguments.has(Option::kHelp)) return print(help_text(arguments.verb), console);
  switch (arguments.verb->verb) {
    case Verb::kCompile:
      return run_compile(arguments, console);
    case Verb::kCapture:
      return run_capture(arguments, console);
    case Verb::kExplain:
      return run_explain(arguments, console);
    case Verb::kHelp:
      return run_help(arguments, console);
  }
  return kUsageWrong;
}

}  // namespace

int run(std::span<const char* const> arguments, Console& console) {
  const Result<Arguments> parsed = parse_arguments(arguments);
  if (!parsed) return report(parsed.error(), console);
  return parsed->verb == nullptr ? run_weir_itself(*parsed, console) : run_verb(*parsed, console);
}

int run_help(const Arguments& arguments, Console& console) {
  if (arguments.words.empty()) return print(help_text(nullptr), console);
  const VerbInfo* verb = find_verb(arguments.words.front());
  if (verb != nullptr) return print(help_text(verb), console);
  return report(Error{.kind = ErrorKind::kUsage,
                      .message = fmt::format("unknown command `{}`", arguments.words.front()),
                      .hint = "`weir --help` lists the commands",
                      .offset = {}},
                console);
}

}  // namespace weir::cli
