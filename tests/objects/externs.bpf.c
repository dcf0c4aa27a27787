// What the kernel has: options of its configuration, variables, functions.
#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern unsigned long CONFIG_HZ __kconfig __weak;
extern bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern enum libbpf_tristate CONFIG_BPF __kconfig __weak;
extern char CONFIG_NONE_SUCH __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[20] __kconfig __weak;
extern unsigned short CONFIG_ALSO_NONE __kconfig __weak;

extern const void bpf_prog_put __ksym;
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern const int no_such_variable __ksym __weak;
extern void no_such_function(void) __ksym __weak;

SEC("tc")
int options(struct __sk_buff *skb) {
  __u64 sum = LINUX_KERNEL_VERSION + CONFIG_HZ + CONFIG_BPF_SYSCALL + CONFIG_BPF + CONFIG_NONE_SUCH +
              CONFIG_ALSO_NONE;
  return (int)sum + CONFIG_DEFAULT_HOSTNAME[skb->len & 15];
}

SEC("tc")
int symbols(struct __sk_buff *skb) {
  if (&no_such_variable) return 1;
  if (no_such_function) no_such_function();
  bpf_rcu_read_lock();
  skb->mark = 1;
  bpf_rcu_read_unlock();
  return (int)(long)&bpf_prog_put & 0xff;
}

char _license[] SEC("license") = "GPL";
