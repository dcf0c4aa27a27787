// Btf: the types of a program, an object file or the kernel, parsed from the bytes of a .BTF
// section or of /sys/kernel/btf/vmlinux, and what is asked of them: by number, by name, sizes.
// object/c_type.h writes them as C.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <weir/result.h>

#include "object/btf_types.h"

namespace weir::object {

// The parts of one BTF. Names are views into `strings`, so it can be moved but not copied.
struct BtfTables {
  std::vector<char> strings;
  std::vector<BtfType> types;  // the one with the lowest number first
  std::vector<BtfMember> members;
  std::vector<BtfEnumerator> enumerators;
  std::vector<BtfParameter> parameters;
  std::vector<BtfPlacement> placements;
  std::vector<BtfArray> arrays;

  BtfTables() = default;
  BtfTables(BtfTables&&) = default;
  BtfTables& operator=(BtfTables&&) = default;
};

class BtfIndex;

// Invariants, whatever the bytes were: every number of a type inside is below type_count(); what
// typedefs, modifiers, variables, tags and arrays lead to ends after kMaxChain types.
// Const functions may be called from several threads.
class Btf {
 public:
  // Through how many typedefs, modifiers and arrays a type may lead; Linux allows 32.
  static constexpr int kMaxChain = 64;
  // Bytes of a name; Linux allows 511.
  static constexpr std::size_t kMaxName = 4096;

  // With `base` the bytes are those of a module: its types are numbered after those of the base,
  // and may refer to them. The bytes are not needed afterwards. Fails when they are not
  // well-formed, and says where (the error's offset counts from the first byte), or not
  // little-endian.
  static Result<Btf> parse(std::span<const std::byte> bytes,
                           std::shared_ptr<const Btf> base = nullptr);

  // REQUIRES: the numbers of types in `tables` keep the invariants.
  explicit Btf(BtfTables tables, std::shared_ptr<const Btf> base = nullptr);
  Btf(Btf&&) noexcept;
  Btf& operator=(Btf&&) noexcept;
  ~Btf();

  // Numbers of types are 0 (void) up to here.
  std::uint32_t type_count() const {
    return first_ + static_cast<std::uint32_t>(own_.types.size());
  }
  // The first type that is not the base's; with no base 0, which is void.
  BtfId first_own() const { return first_; }
  bool has(BtfId id) const { return id < type_count(); }

  // From here on: REQUIRES has(id).
  const BtfType& type(BtfId id) const {
    return id < first_ ? base_->type(id) : own_.types[id - first_];
  }
  BtfKind kind(BtfId id) const { return type(id).kind; }

  // The rows of a type; empty when its kind has others or none.
  std::span<const BtfMember> members(BtfId id) const;
  std::span<const BtfEnumerator> enumerators(BtfId id) const;
  std::span<const BtfParameter> parameters(BtfId id) const;
  std::span<const BtfPlacement> placements(BtfId id) const;
  // REQUIRES: the type is an array, an integer, a function or variable, a tag of a declaration.
  const BtfArray& array(BtfId id) const;
  BtfInteger integer(BtfId id) const;
  BtfLinkage linkage(BtfId id) const;
  // Which member or parameter is tagged; -1: the whole.
  std::int32_t tagged_component(BtfId id) const;

  // What const, volatile, restrict and tags are about.
  BtfId skip_modifiers(BtfId id) const;
  // The same, through typedefs as well.
  BtfId resolve(BtfId id) const;
  // Bytes that a value takes, a pointer 8. Fails for what has no values: void, functions, types
  // that are only declared; and when arrays multiply to more than 2^64.
  Result<std::uint64_t> size_of(BtfId id) const;

  // The type of that name and kind with the lowest number; nullopt when there is none. The first
  // search reads all names once.
  std::optional<BtfId> find(std::string_view name, BtfKind kind) const;
  // All with that name up to `___flavor`, which is cut off; lowest number first.
  std::vector<BtfId> find_flavors(std::string_view name) const;

  // The string that other sections (.BTF.ext) name by its place, cut after kMaxName bytes; nullopt
  // when there is none.
  std::optional<std::string_view> string_at(std::uint32_t offset) const;

 private:
  const BtfTables& tables_of(BtfId id) const { return id < first_ ? base_->tables_of(id) : own_; }
  const BtfIndex& index() const;
  std::uint32_t string_bytes() const;

  BtfTables own_;
  std::shared_ptr<const Btf> base_;
  BtfId first_ = 0;
  std::unique_ptr<BtfIndex> index_;

  friend class BtfParser;
};

// `task_struct` of `task_struct___old`: the name by which relocations look for a type.
std::string_view essential_name(std::string_view name);

}  // namespace weir::object
