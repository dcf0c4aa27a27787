// Types that lack what the programs look for, or have something else by its name.
typedef unsigned int u32;

enum color { REED = 1, GREEN___old = 5 };
enum sign___other { PLUS = 7 };

struct point {
  int y;
};
typedef long point_t;
typedef int (*callback)(struct point *);
typedef struct point number;

struct thing {
  u32 fist;
  struct point second;
  u32 *third;
  char name[5];
  int numbers;
  int where;
  int to;
  point_t grid[1][3];
  union {
    float left;
  };
  callback opaque;
  int call;
  enum color___new { NOTHING } color;
  struct point tail[1];
  struct point after;
};

struct bits {
  u32 a[3];
  u32 only : 1;
};

struct thing a_thing;
struct bits some_bits;
point_t a_point;
callback a_callback;
number a_number;
enum color a_color;
enum sign___other a_sign;
