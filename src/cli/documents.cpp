#include "cli/documents.h"

#include <algorithm>

namespace weir::cli {
namespace {

struct Document {
  std::string_view kind;
  std::string (*generate)();
};

constexpr Document kDocuments[] = {
    {.kind = "man", .generate = man_page},
    {.kind = "bash", .generate = bash_completion},
    {.kind = "zsh", .generate = zsh_completion},
    {.kind = "fish", .generate = fish_completion},
};

}  // namespace

std::optional<std::string> generate_document(std::string_view kind) {
  const auto found = std::ranges::find(kDocuments, kind, &Document::kind);
  if (found == std::ranges::end(kDocuments)) return std::nullopt;
  return found->generate();
}

}  // namespace weir::cli
