/* A function that fills what it is given. */
#include <stdio.h>
static int parse(const char *s, int *out)
{
    if (*s < '0' || *s > '9') return 0;
    *out = *s - '0';
    return 1;
}
int main(void)
{
    int n;
#ifdef BUG
    parse("x", &n);
#else
    if (!parse("7", &n)) return 1;
#endif
    printf("%d\n", n + 1); //~ BUG FH0401
    return 0;
}
