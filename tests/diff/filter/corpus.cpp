// Line by line: a group head sets the theme and the link types, any other line is an expression
// with an optional tag in braces.
#include "diff/filter/corpus.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "diff/filter/link_types.h"

namespace weir::difftest {
namespace {

std::optional<std::uint32_t> parse_mask(const std::string& text) {
  in_addr address = {};
  if (inet_pton(AF_INET, text.c_str(), &address) != 1) return std::nullopt;
  return ntohl(address.s_addr);
}

class CorpusReader {
 public:
  Result<> add_line(const std::string& line) {
    ++line_;
    if (line.empty() || line.starts_with('#')) return {};
    if (line.starts_with("== ")) return start_group(line.substr(3));
    CorpusEntry entry;
    entry.theme = theme_;
    entry.line = line_;
    std::size_t begin = 0;
    if (line.starts_with('{')) {
      const auto end = line.find("} ");
      if (end == std::string::npos) return error("a tag without its end");
      if (auto tagged = apply_tag(line.substr(1, end - 1), entry); !tagged) return tagged;
      begin = end + 2;
    }
    entry.query.expression = line.substr(begin);
    for (const LinkType type : link_types_) {
      entry.query.link_type = type;
      entries_.push_back(entry);
    }
    return {};
  }

  std::vector<CorpusEntry> take() { return std::move(entries_); }

 private:
  Result<> start_group(const std::string& head) {
    const auto at = head.find(" @ ");
    theme_ = head.substr(0, at);
    link_types_.clear();
    std::istringstream names(at == std::string::npos ? "EN10MB" : head.substr(at + 3));
    for (std::string name; names >> name;) {
      const auto type = link_type_by_name(name);
      if (!type) return error(fmt::format("unknown link type `{}`", name));
      link_types_.push_back(*type);
    }
    return {};
  }

  Result<> apply_tag(const std::string& tag, CorpusEntry& entry) const {
    if (tag == "libpcap>=head") {
      entry.needs_head = true;
    } else if (tag.starts_with("netmask ")) {
      entry.query.netmask = parse_mask(tag.substr(8));
    } else {
      return error(fmt::format("unknown tag `{}`", tag));
    }
    return {};
  }

  std::unexpected<Error> error(const std::string& what) const {
    return fail(fmt::format("corpus line {}: {}", line_, what));
  }

  std::vector<CorpusEntry> entries_;
  std::vector<LinkType> link_types_ = {LinkType::kEn10mb};
  std::string theme_;
  int line_ = 0;
};

}  // namespace

Result<std::vector<CorpusEntry>> read_corpus(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return fail(fmt::format("cannot open `{}`", path.string()));
  CorpusReader reader;
  for (std::string line; std::getline(file, line);) {
    if (auto added = reader.add_line(line); !added) {
      return std::unexpected(added.error());
    }
  }
  return reader.take();
}

}  // namespace weir::difftest
