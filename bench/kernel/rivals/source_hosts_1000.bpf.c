// ip src host 10.0.1.1 or ...: from 1 to 250 of each of four networks
#include "frame.bpf.h"

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  const struct iphdr* ip = (const void*)(eth + 1);
  if ((const void*)(ip + 1) > end) return 0;
  if (eth->type != bpf_htons(ETH_P_IP)) return 0;
  switch (bpf_ntohl(ip->saddr)) {
    case 0x0a000101 ... 0x0a0001fa:
    case 0x0a010101 ... 0x0a0101fa:
    case 0x0a020101 ... 0x0a0201fa:
    case 0x0a030101 ... 0x0a0301fa:
      return 1;
    default:
      return 0;
  }
}
