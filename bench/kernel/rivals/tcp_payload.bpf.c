// tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)
#include <linux/tcp.h>

#include "frame.bpf.h"

int matches(const void* data, const void* end) {
  const struct ethernet* eth = data;
  const struct iphdr* ip = (const void*)(eth + 1);
  if ((const void*)(ip + 1) > end) return 0;
  if (eth->type != bpf_htons(ETH_P_IP)) return 0;
  if (ip->protocol != IPPROTO_TCP || is_later_fragment(ip)) return 0;
  const struct tcphdr* tcp = (const void*)ip + ip->ihl * 4;
  if ((const void*)(tcp + 1) > end) return 0;
  if (tcp->source != bpf_htons(80) && tcp->dest != bpf_htons(80)) return 0;
  return bpf_ntohs(ip->tot_len) - ip->ihl * 4 - tcp->doff * 4 != 0;
}
