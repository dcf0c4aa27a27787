// The corpus of filter expressions: tests/corpus/filters.txt (what libpcap accepts) and
// tests/corpus/rejected.txt (what it refuses). The format stands at the top of those files.
#pragma once

#include <filesystem>
#include <vector>

#include <weir/result.h>

#include "diff/filter/query.h"

namespace weir::difftest {

struct CorpusEntry {
  Query query;
  std::string theme;
  bool needs_head = false;  // libpcap accepts it only in its development head
  int line = 0;
};

// One entry for each expression and each link type of its group.
Result<std::vector<CorpusEntry>> read_corpus(const std::filesystem::path& path);

}  // namespace weir::difftest
