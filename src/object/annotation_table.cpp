// The table of annotations. Sources: the loader of eunomia-bpf (bpf-loader-lib), which gives them
// their meaning; `interface`, `classid`, `parent`, `attach` and `cgroup` are weir's own.
#include "object/annotation_table.h"

#include <algorithm>
#include <array>

namespace weir::object {
namespace {

using enum ValueShape;

constexpr std::uint8_t kOnFunction = bit_of(DeclarationKind::kFunction);
constexpr std::uint8_t kOnVariable = bit_of(DeclarationKind::kVariable);
constexpr std::uint8_t kOnMap = bit_of(DeclarationKind::kMap);
constexpr std::uint8_t kAnywhere = 0xff;

constexpr auto kTcPoints =
    std::to_array<std::string_view>({"BPF_TC_INGRESS", "BPF_TC_EGRESS", "BPF_TC_CUSTOM"});
constexpr auto kTcAttach = std::to_array<std::string_view>({"cls_bpf", "tcx"});
constexpr auto kSampleTypes =
    std::to_array<std::string_view>({"log2_hist", "linear_hist", "default_kv"});
constexpr auto kExports = std::to_array<std::string_view>({"no_export", "default"});
constexpr auto kInterpreters = std::to_array<std::string_view>({"default_struct"});

constexpr auto kTcHook = std::to_array<AnnotationField>({
    {.name = "ifindex", .shape = kInteger},
    {.name = "attach_point", .shape = kChoice, .choices = kTcPoints},
    {.name = "interface", .shape = kString},
    {.name = "classid", .shape = kString},
    {.name = "parent", .shape = kTextOrInteger},
    {.name = "attach", .shape = kChoice, .choices = kTcAttach},
});
constexpr auto kTcOptions = std::to_array<AnnotationField>({
    {.name = "handle", .shape = kInteger},
    {.name = "priority", .shape = kInteger},
});
constexpr auto kXdpOptions = std::to_array<AnnotationField>({
    {.name = "old_prog_fd", .shape = kInteger},
});
constexpr auto kSample = std::to_array<AnnotationField>({
    {.name = "interval", .shape = kInteger, .required = true},
    {.name = "type", .shape = kChoice, .choices = kSampleTypes},
    {.name = "unit", .shape = kString},
    {.name = "clear_map", .shape = kBool},
});
constexpr auto kArgument = std::to_array<AnnotationField>({
    {.name = "default", .shape = kScalar},
    {.name = "long", .shape = kString},
    {.name = "short", .shape = kString},
    {.name = "help", .shape = kString},
});

constexpr auto kRows = std::to_array<AnnotationRow>({
    {"tchook", kOnFunction, kObject, "where in tc to attach", kTcHook},
    {"tcopts", kOnFunction, kObject, "handle and priority of the filter in tc", kTcOptions},
    {"xdpopts", kOnFunction, kObject, "the program that XDP replaces", kXdpOptions},
    {"ifindex", kOnFunction, kInteger, "the number of XDP's interface"},
    {"interface", kOnFunction, kText, "the name of XDP's interface"},
    {"flags", kOnFunction, kInteger, "XDP_FLAGS_* of the kernel"},
    {"cgroup", kOnFunction, kText, "the path of the cgroup to attach to"},
    {"sample", kOnMap, kObject, "how to print the map again and again", kSample},
    {"export_config", kOnMap, kAny, "what of the map's entries to print", {}, kExports},
    {"intepreter", kOnMap, kAny, "what the map's entries are", {}, kInterpreters},
    {"cmdarg", kOnVariable, kObject, "the option that sets the variable", kArgument},
    {"value", kOnVariable, kScalar, "the variable's value at the start"},
    {"version", kAnywhere, kText, "the version of the whole"},
    {"description", kAnywhere, kText, "what it is for"},
    {"brief", kAnywhere, kText, "what it is for, in a line"},
    {"details", kAnywhere, kText, "more of what it is for"},
    {"param", kAnywhere, kText, "a parameter of the function"},
    {"return", kAnywhere, kText, "what the function returns"},
    {"returns", kAnywhere, kText, "what the function returns"},
    {"note", kAnywhere, kText, "something to know"},
    {"author", kAnywhere, kText, "who wrote it"},
    {"copyright", kAnywhere, kText, "whose it is"},
    {"file", kAnywhere, kText, "the file"},
    {"see", kAnywhere, kText, "where to read more"},
});

}  // namespace

std::span<const AnnotationRow> annotation_rows() { return kRows; }

const AnnotationRow* annotation_row(std::string_view name) {
  const auto* const row = std::ranges::find(kRows, name, &AnnotationRow::name);
  return row == kRows.end() ? nullptr : row;
}

}  // namespace weir::object
