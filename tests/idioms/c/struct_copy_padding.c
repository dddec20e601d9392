/* Copy a partly initialised structure; read only what was set. */
#include <stdio.h>
struct wide { int used; int unused; char tail[9]; };
int main(void)
{
    struct wide a, b;
    a.used = 3;
    b = a;
    printf("%d\n", b.used);
#ifdef BUG
    printf("%d\n", b.unused + 1); //~ BUG FH0401
#endif
    return 0;
}
