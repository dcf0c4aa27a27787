// weir compile.
#include "app/compile.h"

#include <fmt/format.h>

#include <utility>

#include "app/compile_program.h"
#include "app/object_text.h"
#include "cli/front_end.h"
#include "cli/value_words.h"

namespace weir::cli {
namespace {

app::CodeStyle code_style(const Arguments& arguments) {
  if (arguments.has(Option::kJson)) return app::CodeStyle::kJson;
  switch (arguments.count(Option::kDump)) {
    case 0:
    case 1:
      return app::CodeStyle::kListing;
    case 2:
      return app::CodeStyle::kC;
    default:
      return app::CodeStyle::kDecimal;
  }
}

app::PassTrace pass_trace(const Arguments& arguments) {
  app::PassTrace out;
  for (const std::string& pass : arguments.values(Option::kPrintAfter))
    out.print_after.push_back(pass);
  out.time_passes = arguments.has(Option::kTimePasses);
  return out;
}

int print_verdict(bool accepted, std::size_t instructions, Console& console) {
  if (!accepted) return kInputWrong;
  console.out.write(fmt::format("the kernel takes it: {} instruction{}\n", instructions,
                                instructions == 1 ? "" : "s"));
  return kDone;
}

Result<isa::ExtendedStyle> code_style_of_program(const Arguments& arguments) {
  if (!arguments.has(Option::kStyle)) return isa::ExtendedStyle::kVerifier;
  const auto style = word_of(arguments, Option::kStyle, Values::kCodeStyle, "style");
  if (!style) return std::unexpected(style.error());
  return *style == 0 ? isa::ExtendedStyle::kVerifier : isa::ExtendedStyle::kLlvm;
}

Error no_style_error() {
  return usage_error("`--style` for classic code, which is written in one",
                     "it is for extended code: for object files, and beside `--on`")
      .error();
}

int run_from_object(const std::string& bytes, const std::string& path, const Arguments& arguments,
                    Console& console) {
  for (const auto& [option, name] :
       {std::pair(Option::kCheck, "--check"), std::pair(Option::kJson, "--json")}) {
    if (arguments.has(option)) {
      return report(usage_error(fmt::format("`{}` of an object file", name),
                                "its programs are printed as text")
                        .error(),
                    console);
    }
  }
  const Result<isa::ExtendedStyle> style = code_style_of_program(arguments);
  if (!style) return report(style.error(), console);
  const Result<app::ObjectText> object = app::object_text(bytes, path, *style);
  if (!object) return report(object.error(), console);
  for (const Error& warning : object->warnings) console.err.write(app::render_warning(warning));
  console.out.write(object->text);
  return kDone;
}

// Code read back: with --check its faults are errors, without they are only shown.
int run_from(const std::string& path, const Arguments& arguments, Console& console) {
  Result<std::string> text = app::read_code_file(path);
  if (!text) return report(text.error(), console);
  if (app::looks_like_object(*text)) return run_from_object(*text, path, arguments, console);
  if (arguments.has(Option::kStyle)) return report(no_style_error(), console);
  const app::Outcome<app::ReadCode> code = app::read_code(*std::move(text), path);
  if (!code) return report(code.error(), arguments, console);
  if (arguments.has(Option::kCheck)) {
    report(code->faults, console);
    return print_verdict(code->faults.empty(), code->program.size(), console);
  }
  console.out.write(app::render_code(code->program, code_style(arguments)));
  return kDone;
}

int check_compiled(const ClassicProgram& program, Console& console) {
  const std::vector<Error> faults = app::kernel_faults(program);
  for (const Error& fault : faults) report(fault, console);
  return print_verdict(faults.empty(), program.size(), console);
}

int run_expression(const Arguments& arguments, Console& console) {
  Result<app::ExpressionOptions> options = expression_options(arguments);
  if (!options) return report(options.error(), console);
  const app::Outcome<app::CompiledExpression> compiled =
      app::compile_expression(*options, pass_trace(arguments), console.err);
  if (!compiled) return report(compiled.error(), arguments, console);
  report(compiled->remarks, console);
  if (arguments.has(Option::kCheck)) return check_compiled(compiled->program, console);
  console.out.write(arguments.has(Option::kJson)
                        ? app::render_code_json(compiled->program, *options)
                        : app::render_code(compiled->program, code_style(arguments)));
  return kDone;
}

Result<app::ProgramOptions> program_options(const Arguments& arguments) {
  const Result<std::size_t> hook = word_of(arguments, Option::kOn, Values::kHook, "hook");
  if (!hook) return std::unexpected(hook.error());
  app::ProgramOptions out{.hook = static_cast<app::ProgramHook>(*hook)};
  if (!arguments.has(Option::kDrop)) return out;
  if (out.hook == app::ProgramHook::kSocket) {
    return usage_error("`--drop` on a socket, whose filter drops nothing",
                       "a socket gets what matches: turn the expression round with `not (...)`");
  }
  out.on_match = app::MatchVerdict::kDrop;
  return out;
}

// --on: the expression as a program.
int run_program(const Arguments& arguments, Console& console) {
  Result<app::ExpressionOptions> options = expression_options(arguments);
  if (!options) return report(options.error(), console);
  const Result<app::ProgramOptions> hook = program_options(arguments);
  if (!hook) return report(hook.error(), console);
  const Result<isa::ExtendedStyle> style = code_style_of_program(arguments);
  if (!style) return report(style.error(), console);
  const auto compiled =
      app::compile_program(*std::move(options), *hook, pass_trace(arguments), console.err);
  if (!compiled) return report(compiled.error(), arguments, console);
  report(compiled->remarks, console);
  console.out.write(app::render_program(compiled->program, *style));
  return kDone;
}

// What makes sense with --on alone, or not beside it.
Result<> check_hook_options(const Arguments& arguments) {
  constexpr std::pair<Option, std::string_view> kWithout[] = {{Option::kPass, "--pass"},
                                                              {Option::kDrop, "--drop"}};
  constexpr std::pair<Option, std::string_view> kBeside[] = {
      {Option::kLive, "--live"},   {Option::kDump, "-d"},         {Option::kJson, "--json"},
      {Option::kCheck, "--check"}, {Option::kPasses, "--passes"}, {Option::kFrom, "--from"}};
  const bool has_hook = arguments.has(Option::kOn);
  for (const auto& [option, name] : kWithout) {
    if (!has_hook && arguments.has(option))
      return usage_error(fmt::format("`{}` without `--on`", name),
                         "say where the program runs: `--on tc`");
  }
  for (const auto& [option, name] : kBeside) {
    if (has_hook && arguments.has(option))
      return usage_error(fmt::format("`{}` beside `--on`", name), "leave one of the two out");
  }
  if (arguments.has(Option::kStyle) && !has_hook && !arguments.has(Option::kFrom))
    return std::unexpected(no_style_error());
  if (arguments.has(Option::kPass) && arguments.has(Option::kDrop))
    return usage_error("`--pass` beside `--drop`", "leave one of the two out");
  return {};
}

// What one of two options would silently leave out.
Result<> check_compatible(const Arguments& arguments) {
  if (const Result<> sound = check_hook_options(arguments); !sound) return sound;
  const bool expression = !arguments.words.empty() || arguments.has(Option::kExpressionFile);
  for (const auto& [option, name] :
       {std::pair(Option::kPasses, "--passes"), std::pair(Option::kFrom, "--from")}) {
    if (expression && arguments.has(option)) {
      return usage_error(fmt::format("an expression beside `{}`", name),
                         "leave one of the two out");
    }
  }
  if (arguments.has(Option::kJson) && arguments.has(Option::kCheck)) {
    return usage_error("`--json` beside `--check`",
                       "`--check` prints one line and says the rest with its exit code");
  }
  return {};
}

}  // namespace

int run_compile(const Arguments& arguments, Console& console) {
  if (const Result<> sound = check_compatible(arguments); !sound)
    return report(sound.error(), console);
  if (arguments.has(Option::kPasses)) {
    console.out.write(app::render_passes());
    return kDone;
  }
  if (const std::optional<std::string> path = arguments.optional_value(Option::kFrom)) {
    return run_from(*path, arguments, console);
  }
  return arguments.has(Option::kOn) ? run_program(arguments, console)
                                    : run_expression(arguments, console);
}

}  // namespace weir::cli
