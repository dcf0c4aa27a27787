// The bytes of BTF into its tables. Two walks: the first reads every type and its rows, the second
// checks where the types lead, once it is known how many there are.
#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "base/reader.h"
#include "diag/quote.h"
#include "object/btf.h"
#include "object/btf_header.h"

namespace weir::object {

class BtfParser {
 public:
  BtfParser(std::span<const std::byte> bytes, std::shared_ptr<const Btf> base)
      : bytes_(bytes),
        base_(std::move(base)),
        first_(base_ ? base_->type_count() : 0),
        base_strings_(base_ ? base_->string_bytes() : 0) {}

  Result<Btf> parse();

 private:
  Result<> read_strings(std::span<const std::byte> section);
  Result<> read_types(ByteReader reader);
  Result<> read_type(ByteReader& reader);
  bool read_rows(ByteReader& reader, BtfType& type);
  void read_member(ByteReader& reader, bool bit_fields);
  void read_enumerator(ByteReader& reader, const BtfType& type);
  Result<> check_links() const;
  bool leads_too_far(BtfId id) const;

  // Names outside the strings, or without an end, leave a complaint.
  std::string_view name_at(std::uint32_t offset);

  BtfId next_id() const { return first_ + static_cast<BtfId>(out_.types.size()); }
  const BtfType& type(BtfId id) const {
    return id < first_ ? base_->type(id) : out_.types[id - first_];
  }
  std::unexpected<Error> at(std::uint64_t offset, std::string message) const {
    auto error = fail("broken BTF: " + std::move(message), "was the file damaged or cut short");
    error.error().offset = offset;
    return error;
  }

  std::span<const std::byte> bytes_;
  std::shared_ptr<const Btf> base_;
  BtfId first_;
  std::uint32_t base_strings_;
  BtfTables out_;
  std::string complaint_;
};

std::string_view BtfParser::name_at(std::uint32_t offset) {
  if (offset < base_strings_) return *base_->string_at(offset);
  const std::size_t place = offset - base_strings_;
  if (place >= out_.strings.size()) {
    complaint_ = fmt::format("has its name at {} in {} bytes of names", place, out_.strings.size());
    return {};
  }
  const char* begin = out_.strings.data() + place;
  const std::size_t longest = std::min(out_.strings.size() - place, Btf::kMaxName + 1);
  const auto* end = static_cast<const char*>(std::memchr(begin, 0, longest));
  if (end == nullptr) {
    complaint_ = fmt::format("has a name of more than {} bytes", Btf::kMaxName);
    return {};
  }
  return {begin, static_cast<std::size_t>(end - begin)};
}

Result<> BtfParser::read_strings(std::span<const std::byte> section) {
  const std::uint64_t offset = static_cast<std::uint64_t>(section.data() - bytes_.data());
  const bool empty_first = !section.empty() && (base_ || section.front() == std::byte{0});
  if (!empty_first || section.back() != std::byte{0}) {
    return at(offset, "the names do not begin with an empty one and end with a zero");
  }
  out_.strings.resize(section.size());
  std::memcpy(out_.strings.data(), section.data(), section.size());
  return {};
}

void BtfParser::read_member(ByteReader& reader, bool bit_fields) {
  const std::string_view name = name_at(reader.u32());
  const BtfId member_type = reader.u32();
  const std::uint32_t offset = reader.u32();
  out_.members.push_back({.name = name,
                          .type = member_type,
                          .bit_offset = bit_fields ? offset & 0xffffff : offset,
                          .bit_size = static_cast<std::uint8_t>(bit_fields ? offset >> 24 : 0)});
}

void BtfParser::read_enumerator(ByteReader& reader, const BtfType& type) {
  const std::string_view name = name_at(reader.u32());
  const std::uint32_t low = reader.u32();
  std::uint64_t value = low;
  if (type.kind == BtfKind::kEnum64) {
    value |= std::uint64_t{reader.u32()} << 32;
  } else if (type.flag) {
    value = static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(low)});
  }
  out_.enumerators.push_back({.name = name, .value = value});
}

// False for a kind whose `count` is not one of rows.
bool BtfParser::read_rows(ByteReader& reader, BtfType& type) {
  const auto read = [&](auto& table, auto&& read_row) {
    type.detail = static_cast<std::uint32_t>(table.size());
    for (int i = 0; i < type.count; ++i) read_row();
    return true;
  };
  switch (type.kind) {
    case BtfKind::kStruct:
    case BtfKind::kUnion:
      return read(out_.members, [&] { read_member(reader, type.flag); });
    case BtfKind::kEnum:
    case BtfKind::kEnum64:
      return read(out_.enumerators, [&] { read_enumerator(reader, type); });
    case BtfKind::kPrototype:
      return read(out_.parameters, [&] {
        const std::string_view name = name_at(reader.u32());
        out_.parameters.push_back({.name = name, .type = reader.u32()});
      });
    case BtfKind::kSection:
      return read(out_.placements, [&] {
        const BtfId variable = reader.u32();
        const std::uint32_t offset = reader.u32();
        out_.placements.push_back({.variable = variable, .offset = offset, .size = reader.u32()});
      });
    default:
      return type.count == 0 || type.kind == BtfKind::kFunction;
  }
}

Result<> BtfParser::read_type(ByteReader& reader) {
  const std::uint64_t start = reader.offset();
  const std::uint32_t name = reader.u32();
  const std::uint32_t info = reader.u32();
  const std::uint32_t size_or_target = reader.u32();
  if (!reader.ok()) return at(start, fmt::format("type {} is cut short", next_id()));
  const std::uint32_t kind = info >> 24 & 0x1f;
  if (kind == 0 || kind >= kBtfKinds.size()) {
    return at(start, fmt::format("type {} is of the unknown kind {}", next_id(), kind));
  }
  const BtfKindInfo& facts = kBtfKinds.at(kind);
  BtfType type = {.name = name_at(name),
                  .kind = facts.kind,
                  .flag = info >> 31 != 0,
                  .count = static_cast<std::uint16_t>(info & 0xffff)};
  (facts.has_size ? type.size : type.target) = size_or_target;
  if (reader.remaining() < std::size_t{type.count} * facts.row_size + facts.fixed_size) {
    return at(start, fmt::format("type {}, a {}, has {} rows and ends after {} bytes", next_id(),
                                 facts.word, type.count, reader.remaining()));
  }
  if (type.kind == BtfKind::kArray) {
    type.detail = static_cast<std::uint32_t>(out_.arrays.size());
    const BtfId element = reader.u32();
    const BtfId index = reader.u32();
    out_.arrays.push_back({.element = element, .index = index, .count = reader.u32()});
  } else if (facts.fixed_size != 0) {
    type.detail = reader.u32();
  }
  if (!read_rows(reader, type)) complaint_ = "has rows, which its kind does not have";
  if (!complaint_.empty()) {
    return at(start, fmt::format("type {}, a {}, {}", next_id(), facts.word, complaint_));
  }
  out_.types.push_back(type);
  return {};
}

Result<> BtfParser::read_types(ByteReader reader) {
  // The kernel's types take 30 bytes on average.
  out_.types.reserve(reader.remaining() / 24 + 1);
  if (!base_) out_.types.push_back({});
  while (!reader.at_end()) {
    if (auto read = read_type(reader); !read) return read;
  }
  return {};
}

bool BtfParser::leads_too_far(BtfId id) const {
  for (int i = 0; i < Btf::kMaxChain; ++i) {
    const BtfType& it = type(id);
    if (it.kind == BtfKind::kArray) {
      id = id < first_ ? base_->array(id).element : out_.arrays[it.detail].element;
    } else if (is_modifier(it.kind) || it.kind == BtfKind::kTypedef ||
               it.kind == BtfKind::kVariable || it.kind == BtfKind::kDeclTag) {
      id = it.target;
    } else {
      return false;
    }
  }
  return true;
}

Result<> BtfParser::check_links() const {
  const BtfId count = next_id();
  const auto broken = [&](std::string_view what, BtfId target) {
    return fail(fmt::format("broken BTF: a {} is of type {} of {}", what, target, count),
                "was the file damaged or cut short");
  };
  for (const BtfMember& row : out_.members) {
    if (row.type >= count) return broken("member", row.type);
  }
  for (const BtfParameter& row : out_.parameters) {
    if (row.type >= count) return broken("parameter", row.type);
  }
  for (const BtfPlacement& row : out_.placements) {
    if (row.variable >= count) return broken("variable of a section", row.variable);
  }
  for (const BtfArray& row : out_.arrays) {
    if (row.element >= count || row.index >= count) {
      return broken("array", std::max(row.element, row.index));
    }
  }
  for (const BtfType& it : out_.types) {
    if (it.target >= count) return broken(kind_info(it.kind).word, it.target);
  }
  for (BtfId id = first_; id < count; ++id) {
    if (leads_too_far(id)) {
      return fail(fmt::format("broken BTF: type {}, {}, leads through more than {} others", id,
                              diag::quote(type(id).name), Btf::kMaxChain),
                  "types may not lead back to themselves");
    }
  }
  return {};
}

Result<Btf> BtfParser::parse() {
  const auto header = read_btf_header(bytes_);
  if (!header) return std::unexpected(header.error());
  if (auto read = read_strings(header->strings); !read) return std::unexpected(read.error());
  const auto offset = static_cast<std::uint64_t>(header->types.data() - bytes_.data());
  ByteReader types(header->types, std::endian::little, offset);
  if (auto read = read_types(types); !read) return std::unexpected(read.error());
  if (auto checked = check_links(); !checked) return std::unexpected(checked.error());
  return Btf(std::move(out_), std::move(base_));
}

Result<Btf> Btf::parse(std::span<const std::byte> bytes, std::shared_ptr<const Btf> base) {
  return BtfParser(bytes, std::move(base)).parse();
}

}  // namespace weir::object
