/* A structure's address is its first member's: inheritance by hand. */
#include <stdio.h>
#include <stdlib.h>
struct shape { int kind; };
struct circle { struct shape base; double radius; };
static double radius(struct shape *s) { return ((struct circle *)s)->radius; } //~ BUG FH0106
int main(void)
{
#ifdef BUG
    struct shape *s = malloc(sizeof(struct shape));
    if (!s) return 1;
    s->kind = 1;
    printf("%d\n", radius(s) >= 0);
    free(s);
#else
    struct circle *c = malloc(sizeof *c);
    if (!c) return 1;
    c->base.kind = 1;
    c->radius = 2;
    printf("%g\n", radius(&c->base));
    free(c);
#endif
    return 0;
}
