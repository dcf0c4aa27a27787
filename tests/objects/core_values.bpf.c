// A map whose values have members of every type that bpftool can show.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum color { RED = 1, GREEN = -2, BLUE = 77 };
struct inner {
  short a;
  unsigned char b;
};
typedef int number;

struct value {
  int plain;
  unsigned without_sign;
  long long large;
  unsigned long long larger;
  char letter;
  signed char small;
  unsigned char byte;
  _Bool yes;
  unsigned char zeros[3];
  char text[8];
  char raw[4];
  unsigned char bytes[3];
  int list[3];
  int grid[2][2];
  struct inner in;
  struct inner several[2];
  enum color color;
  enum color colors[3];
  void *pointer;
  number named;
  const volatile short qualified;
  unsigned bits : 3;
  int more_bits : 5;
  unsigned long long many_bits : 40;
  union {
    int one;
    char other[4];
  };
  struct {
    int deep;
  } nested;
  int (*call)(int);
  char *string;
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 40);
  __type(key, int);
  __type(value, struct value);
} values SEC(".maps");

SEC("socket") int read_value(void *context) {
  int key = 0;
  struct value *value = bpf_map_lookup_elem(&values, &key);
  return value ? value->plain : 0;
}

char _license[] SEC("license") = "GPL";
