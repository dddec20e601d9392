/* Structures passed and returned by value, with members never set. */
#include <stdio.h>
struct answer { int ok; int value; char note[20]; };
static struct answer fail(void)
{
    struct answer a;
    a.ok = 0;
    return a;
}
static int use(struct answer a)
{
#ifdef BUG
    return a.value > 3; //~ BUG FH0401
#else
    return a.ok ? a.value > 3 : 0;
#endif
}
int main(void)
{
    printf("%d\n", use(fail()) >= 0);
    return 0;
}
