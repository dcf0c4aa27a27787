#include "libpcap_reader.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <memory>

namespace weir::test {
namespace {

using Handle = std::unique_ptr<pcap_t, decltype(&pcap_close)>;

// Of a file in the other byte order libpcap swaps the pseudo-headers of these, in the packets.
bool swaps_pseudo_headers(int dlt) {
  constexpr int kSwapped[] = {DLT_PFLOG,     DLT_LINUX_SLL,         DLT_LINUX_SLL2,
                              DLT_USB_LINUX, DLT_USB_LINUX_MMAPPED, DLT_NFLOG};
  return std::ranges::find(kSwapped, dlt) != std::end(kSwapped);
}

ReferencePacket reference(const pcap_pkthdr& header, const u_char* data) {
  const auto* first = reinterpret_cast<const std::byte*>(data);
  return {.wire_length = header.len,
          .seconds = header.ts.tv_sec,
          .nanoseconds = header.ts.tv_usec,
          .bytes = {first, first + header.caplen}};
}

ReferenceCapture read(Handle handle, const char* open_error) {
  ReferenceCapture capture;
  if (handle == nullptr) {
    capture.error = open_error;
    return capture;
  }
  capture.bytes_changed =
      pcap_is_swapped(handle.get()) != 0 && swaps_pseudo_headers(pcap_datalink(handle.get()));
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  int status = 0;
  while ((status = pcap_next_ex(handle.get(), &header, &data)) == 1) {
    capture.packets.push_back(reference(*header, data));
  }
  if (status != PCAP_ERROR_BREAK) capture.error = pcap_geterr(handle.get());
  return capture;
}

}  // namespace

ReferenceCapture read_with_libpcap(const std::string& path) {
  char error[PCAP_ERRBUF_SIZE] = {};
  Handle handle(
      pcap_open_offline_with_tstamp_precision(path.c_str(), PCAP_TSTAMP_PRECISION_NANO, error),
      &pcap_close);
  return read(std::move(handle), error);
}

ReferenceCapture read_with_libpcap(const Bytes& file) {
  char error[PCAP_ERRBUF_SIZE] = "the file is empty";
  if (file.empty()) return read(Handle(nullptr, &pcap_close), error);
  // libpcap only reads, through a stream that is open for reading.
  FILE* stream = fmemopen(const_cast<std::byte*>(file.data()), file.size(), "rb");
  Handle handle(pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, error),
                &pcap_close);
  if (handle == nullptr) std::fclose(stream);
  return read(std::move(handle), error);
}

}  // namespace weir::test
