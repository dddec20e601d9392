#ifndef _FH_MALLOC_H
#define _FH_MALLOC_H

#include <stdlib.h>
struct mallinfo { int arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost; };
struct mallinfo2 { size_t arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost; };
extern void *memalign(size_t __align, size_t __n);
extern void *pvalloc(size_t __n);
extern size_t malloc_usable_size(void *__p);
extern int malloc_trim(size_t __keep);
extern int mallopt(int __option, int __value);
extern void malloc_stats(void);
#define M_ARENA_MAX (-8)
#define M_ARENA_TEST (-7)
#define M_PERTURB (-6)
#define M_CHECK_ACTION (-5)
#define M_MMAP_MAX (-4)
#define M_MMAP_THRESHOLD (-3)
#define M_TOP_PAD (-2)
#define M_TRIM_THRESHOLD (-1)
#define M_MXFAST 1
#define M_NLBLKS 2
#define M_GRAIN 3
#define M_KEEP 4

#endif
