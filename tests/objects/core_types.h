// The types that the programs core_*.bpf.c are compiled against; core_types_*.c are what they find.
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

enum color { RED = 1, GREEN = 2, BLUE = 300 };
enum sign { MINUS = -5, PLUS = 5 };
enum large { SMALL = 1, HUGE_ONE = 0x123456789abcULL };

struct point {
  int x;
  int y;
};
typedef struct point point_t;
typedef int (*callback)(struct point*, u32);
typedef u32 number;
typedef int integer;

struct other;

struct bits {
  u32 a : 3;
  u32 b : 7;
  int c : 5;
  u64 d : 40;
  u8 e : 1;
};

struct thing {
  u32 first;
  u64 second;
  u16 third;
  char name[16];
  int numbers[8];
  struct point where;
  struct point* to;
  point_t grid[2][3];
  union {
    u32 left;
    u16 right;
  };
  struct other* opaque;
  callback call;
  const volatile number count;
  enum color color;
  char letter;
  int whole;
  _Bool yes;
  struct point tail[];
};

struct small {
  u32 value;
  u64 pointer_like;
};

struct point___extra {
  int x;
  u64 more;
};

struct gone {
  int member;
};
