// Global variables in every section that can have them.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct pair {
  int a;
  long b;
};

struct pair pairs[3] = {{1, 2}, {3, 4}, {5, 6}};
static volatile int kept = 7;
const volatile char name[8] = "weir";
const volatile unsigned short port = 8080;
int counted;
__u64 table[100];
static volatile int hidden_sum;
int special SEC(".data.special") = 12;
static volatile int local_only SEC(".data.local") = 4;
const volatile long limit SEC(".rodata.limits") = 99;

SEC("tc")
int globals(struct __sk_buff *skb) {
  __u32 at = skb->len;
  counted++;
  hidden_sum += kept;
  local_only++;
  special += port;
  if (at < 100) table[at] += limit;
  pairs[2].b += pairs[1].a;
  if (bpf_strncmp("a literal", 9, (const char *)name) == 0) counted--;
  bpf_printk("%d of %s", counted, name);
  return name[skb->mark & 7];
}

SEC("xdp")
int more(struct xdp_md *xdp) {
  static const char format[] = "queue %d\n";
  bpf_trace_printk(format, sizeof format, xdp->rx_queue_index);
  table[7] = kept;
  return pairs[0].a;
}

char _license[] SEC("license") = "Dual MIT/GPL";
