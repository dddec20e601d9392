/* Copy an array of which only a part is set. */
#include <stdio.h>
#include <string.h>
int main(void)
{
    int from[16], to[16], n = 4, sum = 0;
    for (int i = 0; i < n; i++)
        from[i] = i;
    memcpy(to, from, sizeof to);
#ifdef BUG
    n = 5;
#endif
    for (int i = 0; i < n; i++)
        sum += to[i]; //~ BUG FH0401
    printf("%d\n", sum);
    return 0;
}
