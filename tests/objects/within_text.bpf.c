#define WITHIN_TEXT
#include "across_sections.bpf.c"
