// A program in each section that libbpf 1.1 does not know.
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#define PROGRAM(number, section) \
  SEC(section) int program_##number(void *context) { return 0; }

PROGRAM(0, "tc/ingress")
PROGRAM(1, "tc/egress")
PROGRAM(2, "tcx/ingress")
PROGRAM(3, "tcx/egress")
PROGRAM(4, "netkit/primary")
PROGRAM(5, "netkit/peer")
PROGRAM(6, "netfilter")
PROGRAM(7, "sk_skb/verdict")
PROGRAM(8, "cgroup/connect_unix")
PROGRAM(9, "socket1")
PROGRAM(10, "xdp_drop")
PROGRAM(11, "clasifier")
PROGRAM(12, "strange")

char _license[] SEC("license") = "GPL";
