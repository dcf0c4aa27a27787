// A program that uses nothing but what libweir installs: counts the packets of a file that match.
#include <iostream>

#include <weir/capture_file.h>
#include <weir/filter.h>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto filter = weir::Filter::compile(argv[2]);
  auto reader = weir::CaptureFileReader::open(argv[1]);
  if (!filter || !reader) return 1;
  std::size_t count = 0;
  for (;;) {
    const auto packets = reader->next();
    if (!packets) return 1;
    if (packets->empty()) break;
    for (const weir::Packet& packet : *packets) count += filter->matches(packet) ? 1 : 0;
  }
  std::cout << count << " packets\n";
}
