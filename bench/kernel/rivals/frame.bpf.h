// What the programs share that weir's are compared with: the hook they are compiled for, given by
// -DCONTEXT=xdp_md or -DCONTEXT=__sk_buff, and the headers as far as the filters look into them.
#pragma once

// clang-format off
#include <linux/bpf.h>  // first: the others need its types
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
// clang-format on

// Each program is one of these.
static __always_inline int matches(const void* data, const void* end);

SEC("filter") int program(struct CONTEXT* context) {
  return matches((const void*)(long)context->data, (const void*)(long)context->data_end);
}

// Ethernet's header. That of linux/if_ether.h is packed, so clang would read the type byte by byte.
struct ethernet {
  __u8 addresses[2 * ETH_ALEN];
  __be16 type;
};

// TCP's and UDP's headers begin with these.
struct ports {
  __be16 source;
  __be16 dest;
};

static __always_inline int is_later_fragment(const struct iphdr* ip) {
  return (ip->frag_off & bpf_htons(0x1fff)) != 0;
}

// Null when too little is there.
static __always_inline const struct ports* ports_of_ipv4(const struct iphdr* ip, const void* end) {
  const struct ports* ports = (const void*)ip + ip->ihl * 4;
  return (const void*)(ports + 1) > end ? 0 : ports;
}
