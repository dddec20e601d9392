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

#endif
