// Compares filters by their verdicts: the reference (reference.h) runs in the checked interpreter,
// a contender is any other compiler with one or more interpreters for its code.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diff/filter/packet_gen.h"
#include "diff/filter/query.h"
#include "diff/filter/reference.h"
#include "diff/filter/shrink.h"

namespace weir::difftest {

using Run =
    std::function<std::uint32_t(std::span<const ClassicInsn> code,
                                std::span<const std::byte> packet, std::uint32_t wire_length)>;

struct Interpreter {
  std::string name;
  Run run;
};

struct Contender {
  std::string name;
  Compiler compile;
  std::vector<Interpreter> interpreters;
};

struct Difference {
  std::string contender;
  std::string interpreter;
  Query query;
  SamplePacket packet;
  std::uint32_t expected = 0;
  std::uint32_t actual = 0;
};

struct Tally {
  std::uint64_t expressions = 0;
  std::uint64_t refused_by_reference = 0;
  std::uint64_t refused_by_contender = 0;  // of those that the reference compiled
  std::uint64_t pairs = 0;
  std::uint64_t matches = 0;
  std::uint64_t unset_reads = 0;   // pairs left out: the reference read a cell that nothing stored
  std::uint64_t endless_runs = 0;  // pairs left out: the reference does not come to an end
  std::uint64_t dead_loads = 0;    // pairs in which a dead load decides
  std::vector<Difference> differences;  // at most one for each expression and contender, shrunk
  std::vector<std::string> undefined_expressions;  // with a pair left out
};

class Comparison {
 public:
  static constexpr std::size_t kMaxDifferences = 400;

  explicit Comparison(std::vector<Contender> contenders) : contenders_(std::move(contenders)) {}

  // False when the reference refuses the expression.
  bool compare(const Query& query, std::span<const SamplePacket> packets);

  const Tally& tally() const { return tally_; }
  bool enough() const { return tally_.differences.size() >= kMaxDifferences; }

 private:
  void compare_code(const Contender& contender, const Query& query, const ClassicProgram& code,
                    std::span<const SamplePacket> packets, std::span<const Expected> expected);
  void count(const Expected& expected);
  void report(const Contender& contender, const Interpreter& interpreter, Case found);

  std::vector<Contender> contenders_;
  Tally tally_;
};

// The libpcap optimiser as a contender: it is known to differ, which proves that differences are
// found.
Contender libpcap_optimiser();

// `count` packets of the pool, from a random place on: as many that match by the reference as do
// not, as far as the pool has them within reach.
std::vector<SamplePacket> half_matching(const Query& query, std::span<const SamplePacket> pool,
                                        std::size_t count, Choices& choices);

// A Difference as a person needs it: expression, link type, packet, verdicts, both codes.
std::string describe(const Difference& difference, const Contender& contender);
std::string describe_all(const Tally& tally, std::span<const Contender> contenders);
std::string summary(const Tally& tally);

}  // namespace weir::difftest
