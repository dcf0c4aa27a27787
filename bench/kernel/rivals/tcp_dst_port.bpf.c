// ip and tcp dst port 8080
#include "frame.bpf.h"

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  const struct iphdr* ip = (const void*)(eth + 1);
  if ((const void*)(ip + 1) > end) return 0;
  if (eth->type != bpf_htons(ETH_P_IP)) return 0;
  if (ip->protocol != IPPROTO_TCP || is_later_fragment(ip)) return 0;
  const struct ports* ports = ports_of_ipv4(ip, end);
  return ports && ports->dest == bpf_htons(8080);
}
