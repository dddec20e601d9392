/* An arena on the heap: many objects, one free. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct arena { char *base; size_t used, size; };
static char *copy(struct arena *a, const char *s)
{
    size_t n = strlen(s) + 1;
    if (a->used + n > a->size) return NULL;
    char *p = a->base + a->used;
    a->used += n;
    return memcpy(p, s, n);
}
int main(void)
{
    struct arena a = {malloc(64), 0, 64};
    if (!a.base) return 1;
    char *x = copy(&a, "first"), *y = copy(&a, "second");
    printf("%s %s\n", x, y);
    free(a.base);
#ifdef BUG
    printf("%c\n", y[0]); //~ BUG FH0201
#endif
    return 0;
}
