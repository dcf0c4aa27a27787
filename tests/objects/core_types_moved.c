// The types of core_types.h as a later version could have them: all of it there, in other places, in
// anonymous structs and unions, in other sizes, under flavors, and enumerators with other values.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

enum color { BLACK, BLUE = -1, GREEN = 70000, RED = 9 };
enum sign { MINUS = -0x7000000000LL, PLUS = 1 };
enum large { HUGE_ONE = 4, SMALL = 9 };

struct point {
  long pad;
  long y;
  union {
    struct {
      int before;
      int x;
    };
  };
};
typedef struct point point_t;
typedef int (*callback)(struct point *, u32);
typedef u64 number;

struct bits {
  u64 pad : 5;
  u64 d : 36;
  u8 e : 2;
  int c : 9;
  u16 b;
  u32 gap : 30;
  u32 a : 6;
};

struct thing___v2 {
  union {
    struct {
      u64 pad;
      u16 second;
      u64 first;
    };
    u32 third;
  };
  int numbers[80];
  char more[3];
  char name[32];
  struct point *to;
  struct point where;
  struct {
    struct {
      u64 left;
      u8 right;
    };
  };
  point_t grid[4][3];
  callback call;
  void *opaque;
  number count;
  enum color color;
  long whole;
  unsigned long letter;
  _Bool yes;
  struct point tail[];
};

struct small {
  struct small *value;
  void *pointer_like;
};

struct gone {
  long pad;
  short member;
};

struct thing___v2 a_thing;
struct small a_small;
struct gone a_gone;
struct bits some_bits;
point_t a_point;
callback a_callback;
number a_number;
enum color a_color;
enum sign a_sign;
enum large a_large;
