// host A or host B or ...: the source or the target of IPv4, ARP and RARP is one that is_listed().
#pragma once

#include "frame.bpf.h"

// ARP for IPv4 over Ethernet. No struct, for its addresses are not aligned.
enum { kArpSender = 14, kArpTarget = 24, kArpLength = 28 };

static __always_inline int is_listed(__u32 address);

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  if ((const void*)(eth + 1) > end) return 0;
  if (eth->type == bpf_htons(ETH_P_IP)) {
    const struct iphdr* ip = (const void*)(eth + 1);
    if ((const void*)(ip + 1) > end) return 0;
    return is_listed(bpf_ntohl(ip->saddr)) || is_listed(bpf_ntohl(ip->daddr));
  }
  if (eth->type == bpf_htons(ETH_P_ARP) || eth->type == bpf_htons(ETH_P_RARP)) {
    const void* arp = eth + 1;
    if (arp + kArpLength > end) return 0;
    return is_listed(bpf_ntohl(*(const __be32*)(arp + kArpSender))) ||
           is_listed(bpf_ntohl(*(const __be32*)(arp + kArpTarget)));
  }
  return 0;
}
