// What programs ask of a kernel, from types of a few members each.
#include <linux/types.h>

#define SEC(name) __attribute__((section(name), used))
#define READ(function, type, expression)      \
  SEC("socket") int function(void *context) { \
    type *it = context;                       \
    return (int)(__u64)(expression);          \
  }
#define ASK(function, expression) \
  SEC("socket") int function(void *context) { return (int)(expression); }
#define ASK_WIDE(function, expression) \
  SEC("socket") int function(void *context) { return (expression) > (__u64)context; }

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct mm_struct {
  unsigned long task_size;
};
struct task_struct {
  int pid;
  int tgid;
  char comm[16];
  struct task_struct *group_leader;
  struct task_struct *real_parent;
  struct mm_struct *mm;
  long old_state;
  unsigned in_execve : 1;
};
struct task_struct___old {
  long state;
};
struct net {
  unsigned ifindex;
};
struct net_device {
  int ifindex;
  unsigned mtu;
  char name[16];
  struct net_device *next_of_mine;
};
struct sock_common {
  union {
    struct {
      __be32 skc_daddr;
      __be32 skc_rcv_saddr;
    };
  };
  union {
    struct {
      __be16 skc_dport;
      __u16 skc_num;
    };
  };
  unsigned short skc_family;
};
struct sock {
  struct sock_common __sk_common;
  int sk_rcvbuf;
};
struct sk_buff {
  unsigned int len;
  unsigned int data_len;
  __u16 protocol;
  unsigned char *head;
  unsigned char *data;
  struct net_device *dev;
  __u8 pkt_type : 3;
  __u8 cloned : 1;
  char cb[48];
};
struct file {
  unsigned int f_flags;
  struct inode *f_inode;
};
struct inode {
  unsigned long i_ino;
  unsigned short i_mode;
};
struct no_such_struct_anywhere {
  int x;
};

#pragma clang attribute pop

enum bpf_prog_type { BPF_PROG_TYPE_XDP = 6, BPF_PROG_TYPE_NEVER = 77 };
enum bpf_map_type { BPF_MAP_TYPE_RINGBUF };
typedef int (*bpf_func_t)(void);
typedef unsigned int gfp_t;

READ(pid, struct task_struct, it->pid)
READ(tgid_of_leader, struct task_struct, it->group_leader->tgid)
READ(comm, struct task_struct, it->comm[3])
READ(address_of_comm, struct task_struct, it->comm)
READ(task_size, struct task_struct, it->mm->task_size)
READ(old_state, struct task_struct, it->old_state)
READ(state, struct task_struct___old, it->state)
READ(net_ifindex, struct net, it->ifindex)
READ(ifindex, struct net_device, it->ifindex)
READ(name, struct net_device, it->name[0])
READ(next_of_mine, struct net_device, it->next_of_mine)
READ(daddr, struct sock, it->__sk_common.skc_daddr)
READ(dport, struct sock, it->__sk_common.skc_dport)
READ(num, struct sock_common, it->skc_num)
READ(family, struct sock, it->__sk_common.skc_family)
READ(rcvbuf, struct sock, it->sk_rcvbuf)
READ(len, struct sk_buff, it->len)
READ(dev_mtu, struct sk_buff, it->dev->mtu)
READ(data, struct sk_buff, it->data)
READ(cb, struct sk_buff, it->cb[47])
READ(inode_number, struct file, it->f_inode->i_ino)
READ(mode, struct inode, it->i_mode)
READ(absent, struct no_such_struct_anywhere, it->x)

#define BIT_FIELD(name, member)                                                             \
  ASK(name##_offset, __builtin_preserve_field_info(((struct sk_buff *)0)->member, 0))       \
  ASK(name##_size, __builtin_preserve_field_info(((struct sk_buff *)0)->member, 1))         \
  ASK(name##_exists, __builtin_preserve_field_info(((struct sk_buff *)0)->member, 2))       \
  ASK(name##_signed, __builtin_preserve_field_info(((struct sk_buff *)0)->member, 3))       \
  ASK(name##_left, __builtin_preserve_field_info(((struct sk_buff *)0)->member, 4))         \
  ASK(name##_right, __builtin_preserve_field_info(((struct sk_buff *)0)->member, 5))
BIT_FIELD(pkt_type, pkt_type)
BIT_FIELD(cloned, cloned)
BIT_FIELD(protocol, protocol)

#define TYPE_QUESTIONS(name, type)                                                   \
  ASK_WIDE(name##_number, __builtin_btf_type_id(*(typeof(type) *)0, 1))              \
  ASK(name##_type_exists, __builtin_preserve_type_info(*(typeof(type) *)0, 0))       \
  ASK(name##_type_size, __builtin_preserve_type_info(*(typeof(type) *)0, 1))         \
  ASK(name##_type_matches, __builtin_preserve_type_info(*(typeof(type) *)0, 2))
TYPE_QUESTIONS(task, struct task_struct)
TYPE_QUESTIONS(net_type, struct net)
TYPE_QUESTIONS(absent, struct no_such_struct_anywhere)
TYPE_QUESTIONS(prog_type, enum bpf_prog_type)
TYPE_QUESTIONS(func, bpf_func_t)
TYPE_QUESTIONS(gfp, gfp_t)

#define ENUM_QUESTIONS(name, type, value)                                        \
  ASK(name##_is_there, __builtin_preserve_enum_value(*(typeof(type) *)value, 0)) \
  ASK_WIDE(name##_value, __builtin_preserve_enum_value(*(typeof(type) *)value, 1))
ENUM_QUESTIONS(xdp, enum bpf_prog_type, BPF_PROG_TYPE_XDP)
ENUM_QUESTIONS(never, enum bpf_prog_type, BPF_PROG_TYPE_NEVER)
ENUM_QUESTIONS(ringbuf, enum bpf_map_type, BPF_MAP_TYPE_RINGBUF)

char _license[] SEC("license") = "GPL";
