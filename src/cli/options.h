// The command line, described once: every verb and every option as constexpr data. The parser,
// --help, the man page and the shell completions all derive from these tables.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weir::cli {

enum class Verb : std::uint8_t { kCompile, kCapture, kExplain, kHelp };

enum class Option : std::uint8_t {
  kDump,
  kJson,
  kFrom,
  kCheck,
  kLinkType,
  kSnaplen,
  kNetmask,
  kLive,
  kOn,
  kPass,
  kDrop,
  kStyle,
  kNoOptimize,
  kStrict,
  kNoNames,
  kExpressionFile,
  kPasses,
  kPrintAfter,
  kTimePasses,
  kDisablePass,
  kRead,
  kWrite,
  kLimit,
  kCount,
  kFormat,
  kPacket,
  kVerbose,
  kQuick,
  kLinkHeader,
  kTimestamp,
  kAbsoluteSequence,
  kNoChecksums,
  kNumber,
  kShortNames,
  kLocalNames,
  kHex,
  kHexAndAscii,
  kAscii,
  kMicro,
  kNano,
  kHttp,
  kLineBuffered,
  kFields,
  kSeparator,
  kColor,
  kHelp,
  kVersion,
  kGenerate,
  kInterface,
  kListInterfaces,
  kListLinkTypes,
  kNoPromiscuous,
  kDirection,
  kRingSize,
  kImmediate,
  kDuration,
  kStats,
  kTimeStampType,
  kTimeStampPrecision,
  kFlushEach,
  kRotateSize,
  kRotatePeriod,
  kRotateFiles,
  kRotatedCommand,
  kUser,
  kFanout,
};

// What a shell offers as the value of an option.
enum class Values : std::uint8_t {
  kNone,
  kAny,
  kFile,
  kLinkType,
  kPass,
  kPassOrAll,
  kFormat,
  kHook,
  kCodeStyle,
  kHttp,
  kSeparator,
  kColor,
  kDirection,
  kTimeStampType,
  kTimeStampPrecision,
};

// The heading under which --help and the man page list an option.
enum class Group : std::uint8_t {
  kInput,
  kLive,
  kExpression,
  kOutput,
  kPrinting,
  kCompiler,
  kOther
};

// A set of verbs, one bit each; an option outside every verb belongs to `weir` itself.
class Verbs {
 public:
  template <typename... V>
  static constexpr Verbs of(V... verbs) {
    return Verbs(static_cast<std::uint8_t>((0u | ... | (1u << static_cast<unsigned>(verbs)))));
  }
  constexpr bool contains(Verb verb) const {
    return ((bits_ >> static_cast<unsigned>(verb)) & 1u) != 0;
  }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  explicit constexpr Verbs(std::uint8_t bits) : bits_(bits) {}
  std::uint8_t bits_;
};

struct OptionInfo {
  Option option;
  Verbs verbs;
  Group group;
  char short_name = 0;              // 0: none
  std::string_view long_name = {};  // without the dashes; empty: none
  std::string_view value = {};      // what --help calls the value; empty: a flag
  std::string_view default_value = {};
  Values values = Values::kNone;
  bool repeatable = false;
  bool hidden = false;  // not in --help, the man page, or the completions
  std::string_view help;
};

struct Example {
  std::string_view command;
  std::string_view what;
};

struct VerbInfo {
  Verb verb;
  std::string_view name;
  std::string_view arguments;    // "EXPRESSION..."
  std::string_view summary;      // one line
  std::string_view description;  // paragraphs, separated by an empty line
  std::span<const Example> examples;
};

std::span<const VerbInfo> verbs();
std::span<const OptionInfo> options();

const VerbInfo& verb_info(Verb verb);
// nullptr when no verb has that name.
const VerbInfo* find_verb(std::string_view name);

std::string_view group_title(Group group);

// As messages name it: `-r`, or `--json` when it has no letter.
std::string flag_of(const OptionInfo& option);

// Whether an option is one of `verb`; of `weir` itself when `verb` is nullptr.
bool belongs_to(const OptionInfo& option, const VerbInfo* verb);

}  // namespace weir::cli
