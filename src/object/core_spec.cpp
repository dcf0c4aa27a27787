#include "object/core_spec.h"

#include <fmt/format.h>

#include <charconv>

#include "diag/quote.h"
#include "object/c_type.h"

namespace weir::object {
namespace {

// As many as libbpf takes.
constexpr std::size_t kMaxSteps = 64;
constexpr std::uint64_t kBitsOfByte = 8;

Result<std::vector<std::uint32_t>> read_access(std::string_view text) {
  std::vector<std::uint32_t> out;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (;;) {
    std::uint32_t index = 0;
    const auto [stop, error] = std::from_chars(at, end, index);
    if (error != std::errc() || out.size() == kMaxSteps) break;
    out.push_back(index);
    if (stop == end) return out;
    if (*stop != ':') break;
    at = stop + 1;
  }
  return fail(fmt::format("{} is no way to a field", diag::quote(text)),
              fmt::format("it is numbers with colons between, {} at most", kMaxSteps));
}

std::unexpected<Error> leads_nowhere(const Btf& btf, const CoreRecord& record, BtfId where,
                                     std::uint32_t index) {
  return fail(fmt::format("the way {} in {} leads nowhere: there is no {} in {}",
                          diag::quote(record.access), diag::quote(c_spelling(btf, record.type)),
                          index, diag::quote(c_spelling(btf, where))),
              "was the object damaged, or its types changed after it was compiled");
}

class SpecReader {
 public:
  SpecReader(const Btf& btf, const CoreRecord& record) : btf_(btf), record_(record) {
    spec_.root = record.type;
    spec_.kind = record.kind;
  }

  Result<CoreSpec> read() {
    const auto access = read_access(record_.access);
    if (!access) return std::unexpected(access.error());
    const CoreSubject subject = core_kind_info(record_.kind).subject;
    if (subject == CoreSubject::kType) return of_type(*access);
    at_ = btf_.resolve(record_.type);
    return subject == CoreSubject::kEnumerator ? of_enumerator(*access) : of_field(*access);
  }

 private:
  Result<CoreSpec> of_type(const std::vector<std::uint32_t>& access) {
    if (access.size() != 1 || access[0] != 0) {
      return leads_nowhere(btf_, record_, record_.type, access.back());
    }
    return std::move(spec_);
  }

  Result<CoreSpec> of_enumerator(const std::vector<std::uint32_t>& access) {
    const auto rows = btf_.enumerators(at_);
    if (access.size() != 1 || access[0] >= rows.size() || rows[access[0]].name.empty()) {
      return leads_nowhere(btf_, record_, at_, access.back());
    }
    spec_.steps.push_back({.type = at_, .index = access[0], .name = rows[access[0]].name});
    return std::move(spec_);
  }

  Result<CoreSpec> of_field(const std::vector<std::uint32_t>& access) {
    spec_.steps.push_back({.type = at_, .index = access[0]});
    auto moved = advance_spec(btf_, spec_, at_, access[0]);
    for (std::size_t i = 1; moved && i < access.size(); ++i) {
      at_ = btf_.resolve(at_);
      if (is_composite(btf_.kind(at_))) {
        moved = to_member(access[i]);
      } else if (btf_.kind(at_) == BtfKind::kArray) {
        moved = to_element(access[i]);
      } else {
        return leads_nowhere(btf_, record_, at_, access[i]);
      }
    }
    if (!moved) return std::unexpected(moved.error());
    return std::move(spec_);
  }

  // A member without a name is no step: the target may have its members elsewhere.
  Result<> to_member(std::uint32_t index) {
    const auto members = btf_.members(at_);
    if (index >= members.size()) return leads_nowhere(btf_, record_, at_, index);
    const BtfMember& member = members[index];
    spec_.bit_offset += member.bit_offset;
    if (!member.name.empty()) {
      spec_.steps.push_back({.type = at_, .index = index, .name = member.name});
    }
    at_ = member.type;
    return {};
  }

  Result<> to_element(std::uint32_t index) {
    const BtfArray& array = btf_.array(at_);
    if (index >= array.count && !is_flexible_array(btf_, spec_.steps.back(), array)) {
      return leads_nowhere(btf_, record_, at_, index);
    }
    at_ = btf_.resolve(array.element);
    spec_.steps.push_back({.type = at_, .index = index});
    return advance_spec(btf_, spec_, at_, index);
  }

  const Btf& btf_;
  const CoreRecord& record_;
  CoreSpec spec_;
  BtfId at_ = kVoidId;
};

}  // namespace

Result<> advance_spec(const Btf& btf, CoreSpec& spec, BtfId type, std::uint32_t count) {
  const auto size = btf.size_of(type);
  if (!size) return std::unexpected(size.error());
  std::uint64_t bits = 0;
  if (__builtin_mul_overflow(*size, kBitsOfByte * count, &bits) ||
      __builtin_add_overflow(spec.bit_offset, bits, &spec.bit_offset)) {
    return fail("the field lies further away than memory reaches");
  }
  return {};
}

Result<CoreSpec> read_core_spec(const Btf& btf, const CoreRecord& record) {
  return SpecReader(btf, record).read();
}

bool is_flexible_array(const Btf& btf, const CoreStep& before, const BtfArray& array) {
  if (array.count > 0 || before.name.empty()) return false;
  return before.index + 1 == btf.members(before.type).size();
}

std::string core_path(const Btf& btf, const CoreSpec& spec, std::size_t last) {
  std::string out(btf.type(spec.root).name);
  for (std::size_t i = 0; i < spec.steps.size() && i <= last; ++i) {
    const CoreStep& step = spec.steps[i];
    if (!step.name.empty()) {
      out += fmt::format(".{}", step.name);
    } else if (i > 0 || step.index > 0) {
      out += fmt::format("[{}]", step.index);
    }
  }
  return out;
}

}  // namespace weir::object
