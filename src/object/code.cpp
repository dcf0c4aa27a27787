#include "object/code.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

#include "diag/quote.h"
#include "isa/extended_code.h"

namespace weir::object {
namespace {

auto place_of(const Function& function) { return std::pair(function.section, function.slot); }

Result<> read_section(const ElfFile& file, std::uint32_t index, Code& code) {
  const ElfSection& section = file.sections()[index];
  auto decoded = isa::decode_extended(section.bytes, std::endian::little);
  if (!decoded) {
    auto error = fail(fmt::format("section {} is no code: {}", diag::quote(section.name),
                                  decoded.error().message),
                      "the file is damaged; compile it again");
    error.error().offset = section.offset;
    return error;
  }
  code.sections[index] = std::move(*decoded);
  return {};
}

Result<> add_function(const ElfFile& file, const ElfSymbol& symbol, Code& code) {
  const std::uint64_t bytes = code.sections[symbol.section].size() * kSlotSize;
  if (symbol.size == 0 || symbol.size % kSlotSize != 0 || symbol.value % kSlotSize != 0 ||
      symbol.value > bytes || symbol.size > bytes - symbol.value) {
    const ElfSection& section = file.sections()[symbol.section];
    auto error = fail(
        fmt::format("function {} is not whole instructions of section {}: {} bytes at {} of {}",
                    diag::quote(symbol.name), diag::quote(section.name), symbol.size, symbol.value,
                    bytes),
        "the file is damaged; compile it again");
    error.error().offset = section.offset;
    return error;
  }
  code.functions.push_back({.name = symbol.name,
                            .section = symbol.section,
                            .slot = static_cast<std::uint32_t>(symbol.value / kSlotSize),
                            .slots = static_cast<std::uint32_t>(symbol.size / kSlotSize),
                            .local = symbol.local,
                            .hidden = symbol.hidden});
  return {};
}

// Code may have two names, but two functions share none of it otherwise.
Result<> check_apart(std::span<const Function> functions) {
  for (std::size_t i = 1; i < functions.size(); ++i) {
    const Function& one = functions[i - 1];
    const Function& other = functions[i];
    const bool same = place_of(one) == place_of(other) && one.slots == other.slots;
    if (one.section != other.section || same || one.slot + one.slots <= other.slot) continue;
    return fail(
        fmt::format("functions {} and {} overlap", diag::quote(one.name), diag::quote(other.name)),
        "the file is damaged; compile it again");
  }
  return {};
}

}  // namespace

Result<Code> read_code(const ElfFile& file) {
  Code code;
  code.sections.resize(file.sections().size());
  for (std::uint32_t i = 0; i < file.sections().size(); ++i) {
    if (!file.sections()[i].is_code()) continue;
    if (auto read = read_section(file, i, code); !read) return std::unexpected(read.error());
  }
  for (const ElfSymbol& symbol : file.symbols()) {
    if (symbol.type != ElfSymbolType::kFunction || symbol.section == ElfSymbol::kNoSection)
      continue;
    if (!file.sections()[symbol.section].is_code()) continue;
    if (auto added = add_function(file, symbol, code); !added)
      return std::unexpected(added.error());
  }
  std::ranges::sort(code.functions, {}, [](const Function& function) {
    return std::tuple(place_of(function), function.local, function.name);
  });
  if (auto apart = check_apart(code.functions); !apart) return std::unexpected(apart.error());
  return code;
}

std::optional<std::uint32_t> function_at(const Code& code, std::uint32_t section,
                                         std::uint64_t slot) {
  const auto found = std::ranges::lower_bound(
      code.functions, std::pair<std::uint32_t, std::uint64_t>(section, slot), {},
      [](const Function& function) {
        return std::pair<std::uint32_t, std::uint64_t>(place_of(function));
      });
  if (found == code.functions.end() || found->section != section || found->slot != slot)
    return std::nullopt;
  return static_cast<std::uint32_t>(found - code.functions.begin());
}

}  // namespace weir::object
