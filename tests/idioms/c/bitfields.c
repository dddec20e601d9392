/* Flags in bit-fields, set one by one, tested one by one. */
#include <stdio.h>
#include <stdlib.h>
struct flags { unsigned ready : 1, count : 5, mode : 10; };
int main(void)
{
    struct flags f, *p = malloc(sizeof *p);
    if (!p) return 1;
    f.ready = 1;
    f.count = 30;
    f.mode = 513;
    *p = f;
    p->count++;
    printf("%u %u %u\n", p->ready, p->count, p->mode);
    free(p);
#ifdef BUG
    p->ready = 0; //~ BUG FH0201
#endif
    return 0;
}
