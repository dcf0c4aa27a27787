#include "isa/classic.h"

#include <algorithm>

#include "isa/classic_extension.h"

namespace weir::isa {
namespace {

constexpr std::uint8_t kNoEntry = 0xff;
static_assert(kClassicTable.size() < kNoEntry);

// From opcode to position in kClassicTable.
constexpr auto kIndex256 = [] {
  std::array<std::uint8_t, 256> index{};
  index.fill(kNoEntry);
  for (std::size_t i = 0; i < kClassicTable.size(); ++i) {
    index.at(kClassicTable[i].op) = static_cast<std::uint8_t>(i);
  }
  return index;
}();

constexpr bool every(bool (*holds)(const ClassicInfo&)) {
  return std::ranges::all_of(kClassicTable, holds);
}

// The table agrees with itself and with the fields of the opcodes.
static_assert(kClassicTable.size() == 49);
static_assert(std::ranges::count(kIndex256, kNoEntry) == 256 - kClassicTable.size(),
              "two instructions share a code");
static_assert(every([](const ClassicInfo& info) {
  return (info.operand == Operand::kIndex) ==
         (uses_x(info.op) && (class_of(info.op) == kClassAlu || is_branch(info.op)));
}));
static_assert(every([](const ClassicInfo& info) {
  return (info.operand != Operand::kIndex && info.operand != Operand::kIndirect) ||
         (info.reads & kX) != 0;
}));
static_assert(every([](const ClassicInfo& info) {
  return (info.operand == Operand::kCell) == (((info.reads | info.writes) & kMemory) != 0);
}));
static_assert(every([](const ClassicInfo& info) {
  return is_load(info.op) == (((info.writes & (kA | kX)) != 0) && class_of(info.op) < kClassSt);
}));
static_assert(every([](const ClassicInfo& info) {
  return (is_jump(info.op) || is_return(info.op)) == (info.writes == kNothing);
}));
static_assert(load_size(kLdAbs) == 4 && load_size(kLdhInd) == 2 && load_size(kLdxMsh) == 1);

static_assert(std::ranges::is_sorted(kExtensions, {}, &ExtensionInfo::extension));

}  // namespace

const ClassicInfo* find_classic(std::uint16_t code) {
  if (code >= kIndex256.size() || kIndex256[code] == kNoEntry) return nullptr;
  return &kClassicTable[kIndex256[code]];
}

const ExtensionInfo* find_extension(std::uint32_t k) {
  const auto found = std::ranges::find(
      kExtensions, k, [](const ExtensionInfo& info) { return extension_k(info.extension); });
  return found == kExtensions.end() ? nullptr : &*found;
}

const ExtensionInfo* find_extension(std::string_view name) {
  if (name == "vlan_pr") name = "vlan_avail";
  const auto found = std::ranges::find_if(kExtensions, [&](const ExtensionInfo& info) {
    return !name.empty() && (info.name == name || info.listing == name);
  });
  return found == kExtensions.end() ? nullptr : &*found;
}

}  // namespace weir::isa
