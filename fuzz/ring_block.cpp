// Whatever a ring's block says, no frame leads outside of it, and headers are put in front in
// place.
#include "os/ring_block.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "capture/frame.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir;
  constexpr capture::OfferedLinkType kShapes[] = {
      {.type = LinkType::kEn10mb},
      {.type = LinkType{227}},
      {.type = LinkType::kLinuxSll, .header = capture::CookedHeader::kSll},
      {.type = LinkType::kLinuxSll2, .header = capture::CookedHeader::kSll2}};
  for (const capture::OfferedLinkType& shape : kShapes) {
    // On the heap and of that very size, for the sanitizers to see.
    std::vector<std::byte> block(size);
    for (std::size_t i = 0; i < size; ++i) block[i] = std::byte{data[i]};
    os::RingBlock frames(block);
    os::RingFrame frame;
    // A frame that leads to itself goes on as long as the block says.
    for (int i = 0; i < 1000 && frames.next(frame); ++i) {
      const auto packet = capture::packet_of(frame, {.link_type = shape, .snaplen = 100});
      if (!packet) continue;
      if (packet->bytes.size() > 100) std::abort();
      unsigned sum = 0;
      for (const std::byte byte : packet->bytes) sum += std::to_integer<unsigned>(byte);
      if (sum == 1) (void)frames.damage();
    }
  }
  return 0;
}
