#include "cli/value_words.h"

#include <fmt/format.h>

#include <algorithm>

#include <weir/link_type.h>

#include "app/compile.h"
#include "base/suggest.h"

namespace weir::cli {
namespace {

std::vector<std::string_view> link_type_words() {
  std::vector<std::string_view> out;
  for (const LinkTypeInfo& info : link_types()) {
    if (info.filterable) out.push_back(info.name);
  }
  return out;
}

}  // namespace

std::vector<std::string_view> value_words(Values values) {
  switch (values) {
    case Values::kNone:
    case Values::kAny:
    case Values::kFile:
      return {};
    case Values::kLinkType:
      return link_type_words();
    case Values::kPass:
      return app::pass_names();
    case Values::kPassOrAll: {
      std::vector<std::string_view> out = app::pass_names();
      out.push_back("all");
      return out;
    }
    case Values::kHook:
      return {"socket", "tc", "xdp"};
    case Values::kCodeStyle:
      return {"verifier", "llvm"};
    case Values::kHttp:
      return {"any"};
    case Values::kSeparator:
      return {"tab", "comma"};
    case Values::kColor:
      return {"auto", "always", "never"};
    case Values::kFormat:
      return {"pcap", "pcapng"};
    case Values::kDirection:
      return {"in", "out", "inout"};
    case Values::kTimeStampType:
      return {"host", "adapter", "adapter_unsynced"};
    case Values::kTimeStampPrecision:
      return {"micro", "nano"};
  }
  return {};
}

Result<std::size_t> word_of(const Arguments& arguments, Option option, Values values,
                            std::string_view what) {
  const std::string_view value = arguments.value(option);
  const auto words = value_words(values);
  const auto found = std::ranges::find(words, value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const std::string_view meant = closest_word(value, words);
  return usage_error(fmt::format("unknown {} `{}`", what, value),
                     meant.empty() ? fmt::format("one of {}", fmt::join(words, ", "))
                                   : fmt::format("did you mean `{}`?", meant));
}

}  // namespace weir::cli
