// Several types that could be meant, which agree on some fields and not on others.
typedef unsigned int u32;
typedef unsigned short u16;
typedef unsigned long long u64;

enum color { RED = 5, GREEN = 6 };
enum color___two { RED___two = 5, GREEN___two = 7 };

struct point {
  int x;
  int y;
};
struct point___two {
  int y;
  int x;
};

struct thing {
  u32 first;
  u64 second;
};
struct thing___two {
  u32 first;
  u32 pad;
  u32 third;
  u64 second;
};
struct thing___three {
  u16 first;
  char name[3];
};

struct small {
  u32 value;
};
struct small___same {
  u32 value;
  u64 more;
};

struct thing a_thing;
struct thing___two b_thing;
struct thing___three c_thing;
struct point a_point;
struct point___two b_point;
struct small a_small;
struct small___same b_small;
enum color a_color;
enum color___two b_color;
