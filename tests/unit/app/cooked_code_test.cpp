#include "app/cooked_code.h"

#include <gtest/gtest.h>

#include "app/expression.h"
#include "unit/app/make_capture.h"
#include "vm/classic_interpreter.h"

namespace weir::app {
namespace {

using Bytes = std::vector<std::byte>;

ClassicProgram compiled(const std::string& text, LinkType link_type, bool optimize) {
  ExpressionOptions options;
  options.text = text;
  options.optimize = optimize;
  const auto out = Expression(options).compile(link_type);
  EXPECT_TRUE(out) << text;
  return out ? out->program : ClassicProgram{};
}

// A packet as user space sees it, and what the kernel's filter sees and knows of it.
struct Cooked {
  Bytes whole;
  Bytes payload;
  vm::ClassicMetadata known;
};

Cooked make_cooked(const Bytes& frame, LinkType link_type, std::uint8_t packet_type) {
  Cooked out;
  out.known = {
      .network_offset = 0, .packet_type = packet_type, .hardware_type = 772, .interface_index = 3};
  out.known.protocol = load<std::uint16_t>(frame.data() + 12, std::endian::big);
  out.payload.assign(frame.begin() + 14, frame.end());
  ByteWriter header;
  if (link_type == LinkType::kLinuxSll2) {
    header.u16(out.known.protocol);
    header.u16(0);
    header.u32(3);
    header.u16(772);
    header.u8(packet_type);
    header.u8(6);
    header.zeros(8);
  } else {
    header.u16(packet_type);
    header.u16(772);
    header.u16(6);
    header.zeros(8);
    header.u16(out.known.protocol);
  }
  header.append(out.payload);
  out.whole = header.release();
  return out;
}

bool accepts(const ClassicProgram& program, const Bytes& bytes,
             const vm::ClassicMetadata* known = nullptr) {
  const vm::ClassicInput input{
      .bytes = bytes, .wire_length = static_cast<std::uint32_t>(bytes.size()), .metadata = known};
  const auto mode = known != nullptr ? vm::ClassicMode::kKernel : vm::ClassicMode::kLibpcap;
  return vm::run_classic(program, input, {.mode = mode}).verdict != 0;
}

TEST(CookedCode, DecidesInTheKernelAsOnTheWholePacket) {
  for (const LinkType link_type : {LinkType::kLinuxSll, LinkType::kLinuxSll2}) {
    for (const char* text :
         {"ip", "arp", "tcp port 80", "udp dst port 53", "host 10.0.0.2", "port 53 or arp",
          "inbound", "outbound", "ip[9] = 17", "icmp or (tcp and not port 22)", "ip6",
          "tcp[13] != 0", "not (udp and dst host 10.0.0.3)"}) {
      for (const bool optimize : {false, true}) {
        const ClassicProgram program = compiled(text, link_type, optimize);
        const auto moved = code_for_cooked_socket(program, link_type);
        ASSERT_TRUE(moved) << text;
        for (const Bytes& frame : test::sample_packets()) {
          for (const std::uint8_t packet_type : {std::uint8_t{0}, std::uint8_t{4}}) {
            const Cooked cooked = make_cooked(frame, link_type, packet_type);
            EXPECT_EQ(accepts(*moved, cooked.payload, &cooked.known),
                      accepts(program, cooked.whole))
                << text;
          }
        }
      }
    }
  }
}

TEST(CookedCode, LeavesWhatTheKernelCannotKnowToUserSpace) {
  EXPECT_FALSE(code_for_cooked_socket(compiled("len > 100", LinkType::kLinuxSll2, true),
                                      LinkType::kLinuxSll2));
  const ClassicProgram address = {{.code = 0x30, .jt = 0, .jf = 0, .k = 12},
                                  {.code = 0x16, .jt = 0, .jf = 0, .k = 0}};
  EXPECT_FALSE(code_for_cooked_socket(address, LinkType::kLinuxSll2));
}

TEST(CookedCode, FindsTheInterfaceInTheNewerHeader) {
  const auto moved = code_for_cooked_socket(compiled("ifindex 3", LinkType::kLinuxSll2, true),
                                            LinkType::kLinuxSll2);
  ASSERT_TRUE(moved);
  const Cooked cooked = make_cooked(test::sample_packets().front(), LinkType::kLinuxSll2, 0);
  EXPECT_TRUE(accepts(*moved, cooked.payload, &cooked.known));
}

}  // namespace
}  // namespace weir::app
