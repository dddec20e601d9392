/* Compound literals live as long as their block. */
#include <stdio.h>
struct point { int x, y; };
static int sum(const struct point *p) { return p->x + p->y; } //~ BUG FH0204
int main(void)
{
    const struct point *kept = NULL;
    for (int i = 0; i < 3; i++) {
        const struct point *p = &(struct point){i, i + 1};
        kept = p;
        printf("%d\n", sum(p));
    }
#ifdef BUG
    printf("%d\n", sum(kept) >= 0);
#else
    printf("%d\n", kept != NULL);
#endif
    return 0;
}
