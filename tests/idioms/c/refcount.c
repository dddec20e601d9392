/* Counted references: the last one frees. */
#include <stdio.h>
#include <stdlib.h>
struct shared { int count; int value; };
static struct shared *retain(struct shared *s) { s->count++; return s; }
static void release(struct shared *s)
{
    if (--s->count == 0) //~ BUG FH0201
        free(s);
}
int main(void)
{
    struct shared *a = malloc(sizeof *a);
    if (!a) return 1;
    *a = (struct shared){1, 9};
    struct shared *b = retain(a);
    release(a);
    printf("%d\n", b->value);
    release(b);
#ifdef BUG
    release(a);
#endif
    return 0;
}
