// (tcp or udp) and portrange 8000-8999 and not net 10.1.0.0/16
#include "frame.bpf.h"

static __always_inline int is_in_range(__be16 port) {
  const __u16 number = bpf_ntohs(port);
  return number >= 8000 && number <= 8999;
}

static __always_inline int is_in_net(__be32 address) {
  return (address & bpf_htonl(0xffff0000)) == bpf_htonl(0x0a010000);
}

static __always_inline int is_wanted(const struct ports* ports) {
  return is_in_range(ports->source) || is_in_range(ports->dest);
}

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  if ((const void*)(eth + 1) > end) return 0;
  if (eth->type == bpf_htons(ETH_P_IP)) {
    const struct iphdr* ip = (const void*)(eth + 1);
    if ((const void*)(ip + 1) > end) return 0;
    if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP) return 0;
    if (is_later_fragment(ip) || is_in_net(ip->saddr) || is_in_net(ip->daddr)) return 0;
    const struct ports* ports = ports_of_ipv4(ip, end);
    return ports && is_wanted(ports);
  }
  if (eth->type == bpf_htons(ETH_P_IPV6)) {
    const struct ipv6hdr* ip6 = (const void*)(eth + 1);
    const struct ports* ports = (const void*)(ip6 + 1);
    if ((const void*)(ports + 1) > end) return 0;
    if (ip6->nexthdr != IPPROTO_TCP && ip6->nexthdr != IPPROTO_UDP) return 0;
    return is_wanted(ports);
  }
  return 0;
}
