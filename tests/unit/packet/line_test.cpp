#include "packet/print/line.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace weir::packet {
namespace {

constexpr Field kFields[] = {
    {.name = "p.first", .offset = 0, .size = 1},
    {.name = "p.high", .offset = 1, .size = 1, .mask = 0xf0},
    {.name = "p.flag", .offset = 1, .size = 1, .show = Show::kFlag, .mask = 0x01},
    {.name = "p.cut", .offset = 3, .size = 2},
};
constexpr Protocol kProtocol{.name = "proto", .fields = kFields};

struct Told {
  std::string name;
  std::size_t offset;
  std::uint64_t value;
  bool operator==(const Told&) const = default;
};

class Recorder final : public FieldSink {
 public:
  void layer(const Protocol& protocol, std::size_t offset, std::size_t length) override {
    told.push_back({std::string(protocol.name), offset, length});
  }
  void field(const Field& field, std::size_t offset, std::size_t,
             const FieldValue& value) override {
    told.push_back({std::string(field.name), offset, std::get<std::uint64_t>(value)});
  }
  std::vector<Told> told;
};

class LineTest : public ::testing::Test {
 protected:
  View begin(std::size_t wire_length) { return line_.begin(bytes_, wire_length); }

  std::array<std::byte, 4> bytes_ = {std::byte{0x11}, std::byte{0x21}, std::byte{0x07},
                                     std::byte{0x80}};
  PrintOptions options_;
  FlowTable flows_{4};
  Recorder fields_;
  Line line_{options_, flows_, nullptr, &fields_};
};

TEST_F(LineTest, CutsTheTextWhereTheFirstReadFailed) {
  const View view = begin(8);
  line_.set_protocol(kProtocol);
  line_.put("before");
  EXPECT_EQ(view.u32(2), 0u);
  line_.put(" lost");
  EXPECT_EQ(view.u8(100), 0u);  // only the first one counts
  EXPECT_TRUE(line_.cut());
  EXPECT_TRUE(line_.end());
  EXPECT_EQ(line_.text().view(), "before [|proto]");
}

TEST_F(LineTest, LeavesAWholePacketAlone) {
  const View view = begin(4);
  EXPECT_EQ(view.u32(0), 0x11210780u);
  line_.put("whole");
  EXPECT_FALSE(line_.end());
  EXPECT_EQ(line_.text().view(), "whole");
}

TEST_F(LineTest, ReadsAreBoundByWhatIsThereAndByLimitsButNotByClaims) {
  const View view = begin(4);
  EXPECT_EQ(view.claiming(1).u8(3), 0x80);
  EXPECT_EQ(view.from(2).length(), 2u);
  EXPECT_EQ(view.from(9).captured(), 0u);
  EXPECT_FALSE(line_.cut());
  EXPECT_EQ(view.first(2).u8(2), 0);
  EXPECT_TRUE(line_.cut());
}

TEST_F(LineTest, TellsTheFieldsThatAreThere) {
  const View view = begin(4);
  line_.begin_layer(kProtocol, view.from(1));
  const std::vector<Told> wanted = {
      {"proto", 1, 3}, {"p.first", 1, 0x21}, {"p.high", 2, 0}, {"p.flag", 2, 1}};
  EXPECT_EQ(fields_.told, wanted);
}

TEST_F(LineTest, EscapesWhatATerminalWouldActOn) {
  begin(4);
  line_.escaped(std::byte{0x1b});
  line_.escaped(std::byte{0x7f});
  line_.escaped(std::byte{0x9b});
  line_.escaped(std::byte{'a'});
  EXPECT_EQ(line_.text().view(), "^[^?M-^[a");
}

TEST_F(LineTest, EndsHeadersWithinHeaders) {
  begin(4);
  int depth = 0;
  while (depth < 1000 && line_.enter()) ++depth;
  EXPECT_LT(depth, 100);
  EXPECT_NE(line_.text().view(), "");
}

}  // namespace
}  // namespace weir::packet
