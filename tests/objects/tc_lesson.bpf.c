// A tc program as lessons have it: its only data is a literal.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/// @tchook {"ifindex":1, "attach_point":"BPF_TC_INGRESS"}
/// @tcopts {"handle":1, "priority":1}
SEC("tc")
int tc_ingress(struct __sk_buff *skb) {
  bpf_printk("packet of %d bytes", skb->len);
  return 0;
}

char __license[] SEC("license") = "GPL";
