// The use-case behind `weir explain`: an expression in words, part by part, and what each part
// makes of a packet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <weir/link_type.h>

#include "app/expression.h"
#include "app/failure.h"

namespace weir::app {

struct ExplainOptions {
  ExpressionOptions expression;        // its link type is not used
  std::optional<LinkType> link_type;   // none: the packet's, EN10MB without a packet
  std::optional<std::string> capture;  // a capture file
  std::uint64_t packet_number = 1;     // which of its packets, counted from 1
};

enum class PartKind : std::uint8_t { kTest, kAll, kAny, kNot, kScope };

enum class PartVerdict : std::uint8_t {
  kHolds,
  kFails,
  kBeyondEnd,   // it reads bytes that the packet does not have, which rejects the packet at once
  kNotReached,  // the parts before it have decided
};

struct Part {
  PartKind kind = PartKind::kTest;
  std::uint32_t depth = 0;
  std::string text;  // as it was written, with the qualifiers it inherits; empty for kAll and kAny
  std::string meaning;
  std::optional<PartVerdict> verdict;  // with a packet
  bool decides = false;
};

struct ExplainedPacket {
  std::uint64_t number;
  std::string summary;
  bool matches;
};

struct Explanation {
  std::string expression;
  LinkType link_type = LinkType::kEn10mb;
  std::vector<Part> parts;  // parents before their children; empty: everything matches
  std::optional<ExplainedPacket> packet;
  Remarks remarks;
};

Outcome<Explanation> explain(const ExplainOptions& options);

std::string render(const Explanation& explanation);
std::string render_json(const Explanation& explanation);

}  // namespace weir::app
