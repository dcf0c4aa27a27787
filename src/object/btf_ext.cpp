#include "object/btf_ext.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "diag/quote.h"
#include "object/btf_header.h"

namespace weir::object {
namespace {

constexpr std::uint32_t kInsnBytes = 8;
constexpr std::uint32_t kColumnBits = 10;

std::unexpected<Error> broken_ext(std::uint64_t offset, std::string message) {
  auto error = fail("broken .BTF.ext: " + std::move(message), "was the file damaged or cut short");
  error.error().offset = offset;
  return error;
}

// Compilers write them in order.
template <typename Record>
void sort_by_offset(std::vector<Record>& records) {
  if (!std::ranges::is_sorted(records, {}, &Record::offset)) {
    std::ranges::sort(records, {}, &Record::offset);
  }
}

}  // namespace

// One part (functions, lines, relocations) is: the size of a record, then for each section its
// name, the number of records, and these.
class BtfExtParser {
 public:
  BtfExtParser(std::span<const std::byte> bytes, const Btf& btf) : bytes_(bytes), btf_(btf) {}

  Result<BtfExt> parse();

 private:
  using ReadRecord = Result<> (BtfExtParser::*)(ByteReader&, CodeInfo&);
  struct Part {
    std::string_view name;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t record_size;  // of those fields that are known
    ReadRecord read;
  };

  Result<> read_part(const Part& part, std::size_t body);
  Result<> read_section(ByteReader& reader, const Part& part, std::uint32_t record_size);
  Result<> read_function(ByteReader& reader, CodeInfo& out);
  Result<> read_line(ByteReader& reader, CodeInfo& out);
  Result<> read_relocation(ByteReader& reader, CodeInfo& out);
  CodeInfo& section(std::string_view name);

  std::span<const std::byte> bytes_;
  const Btf& btf_;
  BtfExt out_;
};

CodeInfo& BtfExtParser::section(std::string_view name) {
  const auto [place, added] = out_.by_name_.try_emplace(name, out_.sections_.size());
  if (added) out_.sections_.emplace_back().section = name;
  return out_.sections_[place->second];
}

Result<> BtfExtParser::read_function(ByteReader& reader, CodeInfo& out) {
  const std::uint64_t at = reader.offset();
  const FunctionInfo record = {.offset = reader.u32(), .type = reader.u32()};
  if (!btf_.has(record.type) || btf_.kind(record.type) != BtfKind::kFunction) {
    return broken_ext(at, fmt::format("type {} of a function is none", record.type));
  }
  out.functions.push_back(record);
  return {};
}

Result<> BtfExtParser::read_line(ByteReader& reader, CodeInfo& out) {
  const std::uint64_t at = reader.offset();
  LineInfo record = {};
  record.offset = reader.u32();
  record.file_at = reader.u32();
  record.text_at = reader.u32();
  const std::uint32_t place = reader.u32();
  record.line = place >> kColumnBits;
  record.column = place & ((1u << kColumnBits) - 1);
  const auto file = btf_.string_at(record.file_at);
  const auto text = btf_.string_at(record.text_at);
  if (!file || !text) {
    return broken_ext(at, fmt::format("line {} has its text outside the names", record.line));
  }
  record.file = *file;
  record.text = *text;
  out.lines.push_back(record);
  return {};
}

Result<> BtfExtParser::read_relocation(ByteReader& reader, CodeInfo& out) {
  const std::uint64_t at = reader.offset();
  const std::uint32_t offset = reader.u32();
  const BtfId type = reader.u32();
  const auto access = btf_.string_at(reader.u32());
  const std::uint32_t kind = reader.u32();
  if (!btf_.has(type) || type == kVoidId) {
    return broken_ext(at,
                      fmt::format("a relocation is about type {} of {}", type, btf_.type_count()));
  }
  if (!access) return broken_ext(at, "a relocation has its way outside the names");
  if (kind >= kCoreKinds.size()) {
    return broken_ext(at, fmt::format("a relocation is of the unknown kind {}", kind));
  }
  out.relocations.push_back(
      {.offset = offset, .type = type, .access = *access, .kind = kCoreKinds.at(kind).kind});
  return {};
}

Result<> BtfExtParser::read_section(ByteReader& reader, const Part& part,
                                    std::uint32_t record_size) {
  const std::uint64_t at = reader.offset();
  const auto name = btf_.string_at(reader.u32());
  const std::uint32_t count = reader.u32();
  if (!reader.ok() || count == 0 || reader.remaining() / record_size < count) {
    return broken_ext(at, fmt::format("the {} end before the {} of a section", part.name,
                                      count == 0 ? 1 : count));
  }
  if (!name || name->empty()) return broken_ext(at, fmt::format("{} of no section", part.name));
  CodeInfo& out = section(*name);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t start = reader.offset();
    ByteReader record(reader.take(record_size), std::endian::little, start);
    if (ByteReader offset = record; offset.u32() % kInsnBytes != 0) {
      return broken_ext(
          start, fmt::format("{} of {} lie between instructions", part.name, diag::quote(*name)));
    }
    if (auto read = (this->*part.read)(record, out); !read) return read;
  }
  return {};
}

Result<> BtfExtParser::read_part(const Part& part, std::size_t body) {
  if (part.length == 0) return {};
  const std::size_t left = bytes_.size() - body;
  if (part.offset > left || part.length > left - part.offset) {
    return broken_ext(body,
                      fmt::format("the {} lie at {} to {} of {} bytes", part.name, part.offset,
                                  std::uint64_t{part.offset} + part.length, left));
  }
  const std::size_t begin = body + part.offset;
  ByteReader reader(bytes_.subspan(begin, part.length), std::endian::little, begin);
  const std::uint32_t record_size = reader.u32();
  if (!reader.ok() || record_size < part.record_size) {
    return broken_ext(begin, fmt::format("records of {} bytes for {}, which take {}", record_size,
                                         part.name, part.record_size));
  }
  while (!reader.at_end()) {
    if (auto read = read_section(reader, part, record_size); !read) return read;
  }
  return {};
}

Result<BtfExt> BtfExtParser::parse() {
  ByteReader reader(bytes_, std::endian::little);
  const auto length = read_btf_preamble(reader, ".BTF.ext");
  if (!length) return std::unexpected(length.error());
  Part parts[] = {
      {.name = "functions", .record_size = 8, .read = &BtfExtParser::read_function},
      {.name = "lines", .record_size = 16, .read = &BtfExtParser::read_line},
      {.name = "relocations", .record_size = 16, .read = &BtfExtParser::read_relocation}};
  // Old compilers wrote a header without the last.
  ByteReader places(bytes_.first(*length).subspan(reader.position()), std::endian::little);
  for (Part& part : parts) {
    if (places.remaining() < sizeof part.offset + sizeof part.length) break;
    part.offset = places.u32();
    part.length = places.u32();
  }
  for (const Part& part : parts) {
    if (auto read = read_part(part, *length); !read) return std::unexpected(read.error());
  }
  for (CodeInfo& info : out_.sections_) {
    sort_by_offset(info.functions);
    sort_by_offset(info.lines);
    sort_by_offset(info.relocations);
  }
  return std::move(out_);
}

const LineInfo* line_at(const CodeInfo& info, std::uint32_t offset) {
  const auto after = std::ranges::upper_bound(info.lines, offset, {}, &LineInfo::offset);
  return after == info.lines.begin() ? nullptr : &*std::prev(after);
}

Result<BtfExt> BtfExt::parse(std::span<const std::byte> bytes, const Btf& btf) {
  return BtfExtParser(bytes, btf).parse();
}

const CodeInfo* BtfExt::find(std::string_view section) const {
  const auto found = by_name_.find(section);
  return found == by_name_.end() ? nullptr : &sections_[found->second];
}

}  // namespace weir::object
