// tcp port 80 or tcp port 443 or udp port 53
#include "frame.bpf.h"

static __always_inline int is_wanted(__u8 protocol, const struct ports* ports) {
  if (protocol == IPPROTO_TCP) {
    return ports->source == bpf_htons(80) || ports->dest == bpf_htons(80) ||
           ports->source == bpf_htons(443) || ports->dest == bpf_htons(443);
  }
  return ports->source == bpf_htons(53) || ports->dest == bpf_htons(53);
}

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  if ((const void*)(eth + 1) > end) return 0;
  if (eth->type == bpf_htons(ETH_P_IP)) {
    const struct iphdr* ip = (const void*)(eth + 1);
    if ((const void*)(ip + 1) > end) return 0;
    if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP) return 0;
    if (is_later_fragment(ip)) return 0;
    const struct ports* ports = ports_of_ipv4(ip, end);
    return ports && is_wanted(ip->protocol, ports);
  }
  if (eth->type == bpf_htons(ETH_P_IPV6)) {
    const struct ipv6hdr* ip6 = (const void*)(eth + 1);
    const struct ports* ports = (const void*)(ip6 + 1);
    if ((const void*)(ports + 1) > end) return 0;
    if (ip6->nexthdr != IPPROTO_TCP && ip6->nexthdr != IPPROTO_UDP) return 0;
    return is_wanted(ip6->nexthdr, ports);
  }
  return 0;
}
