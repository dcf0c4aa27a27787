// Explanations as text and as JSON.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "app/explain.h"

namespace weir::app {
namespace {

struct VerdictWords {
  std::string_view mark;  // in front of a line
  std::string_view name;  // in JSON
};
// In the order of PartVerdict.
constexpr std::array<VerdictWords, 4> kVerdicts = {{
    {"yes", "holds"},
    {"no", "fails"},
    {"cut", "beyond end"},
    {"-", "not reached"},
}};
// In the order of PartKind.
constexpr std::array<std::string_view, 5> kKinds = {"test", "all", "any", "not", "scope"};

const VerdictWords& words_of(PartVerdict verdict) {
  return kVerdicts.at(static_cast<std::size_t>(verdict));
}

std::string part_line(const Part& part) {
  std::string out;
  if (part.verdict) out += fmt::format("{:<4}", words_of(*part.verdict).mark);
  out.append(std::size_t{2} * part.depth, ' ');
  out += part.text.empty() ? fmt::format("{}:", part.meaning)
                           : fmt::format("`{}`: {}", part.text, part.meaning);
  if (part.verdict == PartVerdict::kBeyondEnd && part.kind == PartKind::kTest) {
    out += "; the packet ends before that, and is rejected at once";
  }
  if (part.decides) out += "  <-- decides";
  return out + "\n";
}

nlohmann::ordered_json part_json(const Part& part) {
  nlohmann::ordered_json out;
  out["kind"] = kKinds.at(static_cast<std::size_t>(part.kind));
  out["depth"] = part.depth;
  if (!part.text.empty()) out["text"] = part.text;
  out["meaning"] = part.meaning;
  if (part.verdict) {
    out["verdict"] = words_of(*part.verdict).name;
    out["decides"] = part.decides;
  }
  return out;
}

}  // namespace

std::string render(const Explanation& explanation) {
  std::string out;
  if (explanation.packet) {
    const ExplainedPacket& packet = *explanation.packet;
    out += fmt::format("packet {} {}: {}\n", packet.number,
                       packet.matches ? "matches" : "does not match", packet.summary);
  }
  if (explanation.parts.empty()) out += "every packet matches\n";
  for (const Part& part : explanation.parts) out += part_line(part);
  return out;
}

std::string render_json(const Explanation& explanation) {
  nlohmann::ordered_json out;
  out["expression"] = explanation.expression;
  out["link_type"] = link_type_text(explanation.link_type);
  if (explanation.packet) {
    const ExplainedPacket& packet = *explanation.packet;
    out["packet"] = {
        {"number", packet.number}, {"summary", packet.summary}, {"matches", packet.matches}};
  }
  out["parts"] = nlohmann::ordered_json::array();
  for (const Part& part : explanation.parts) out["parts"].push_back(part_json(part));
  return out.dump(2) + "\n";
}

}  // namespace weir::app
