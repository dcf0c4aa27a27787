// Relocations for the kernel's types in programs, and in functions that several of them have.
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>


struct task_struct {
  int pid;
  int no_such_field;
  struct task_struct *real_parent;
} __attribute__((preserve_access_index));

static __noinline int shared(int a) {
  struct task_struct *task = 0;
  return a + (int)bpf_core_field_offset(task->pid);
}

SEC("tc")
int first(struct __sk_buff *skb) {
  struct task_struct *task = 0;
  return shared((int)skb->len) + (int)bpf_core_type_size(struct task_struct) +
         bpf_core_field_exists(task->no_such_field);
}

SEC("tc")
int second(struct __sk_buff *skb) {
  struct task_struct *task = 0;
  int size = (int)bpf_core_field_size(task->real_parent);
  if (bpf_core_field_exists(task->no_such_field)) size += (int)bpf_core_field_offset(task->no_such_field);
  return shared(size) + (int)skb->mark;
}

SEC("?tc")
int third(struct __sk_buff *skb) {
  struct task_struct *task = 0;
  return (int)bpf_core_field_offset(task->pid);
}

char _license[] SEC("license") = "GPL";
