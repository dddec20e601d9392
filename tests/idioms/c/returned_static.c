/* A function's static buffer outlives the call; a local one does not. */
#include <stdio.h>
static char *name(int n)
{
#ifdef BUG
    char buffer[16];
#else
    static char buffer[16];
#endif
    snprintf(buffer, sizeof buffer, "item %d", n);
    char *p = buffer;
    return p;
}
int main(void)
{
    char *p = name(3);
    printf("%c\n", p[0]); //~ BUG FH0203
    return 0;
}
