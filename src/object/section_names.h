// What a section's name says of the programs in it. One table, kSectionRules, is all there is to
// know; the words are those of libbpf, with tcx, netkit and tc's directions, which libbpf 1.1 does
// not know, and the prefixes of the loader that came with the kernel's samples.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "object/kernel_types.h"

namespace weir::object {

// What may follow the words of a rule.
enum class SectionTail : std::uint8_t {
  kNone,    // nothing
  kTarget,  // nothing, or `/` and what to attach to
  kAny,     // anything: "socket1", "xdp_drop"
};

struct SectionRule {
  std::string_view words;
  ProgramType type;
  std::optional<AttachType> attach_type = {};
  SectionTail tail = SectionTail::kNone;
  bool sleepable = false;
  bool frags = false;
};

std::span<const SectionRule> section_rules();

struct SectionMeaning {
  ProgramType type = ProgramType::kUnknown;
  std::optional<AttachType> attach_type;
  std::string_view target;  // within the name
  bool autoload = true;
  bool sleepable = false;
  bool frags = false;
};

// Of "?fentry.s/tcp_connect" as of "xdp"; the type is kUnknown for a name that no rule fits.
SectionMeaning section_meaning(std::string_view name);

// The words nearest to a name that means nothing; empty when none is near.
std::string_view closest_section(std::string_view name);

}  // namespace weir::object
