/* A local array whose size an argument gives. */
#include <stdio.h>
static int fill(int n)
{
    int a[n], sum = 0;
    for (int i = 0; i < n; i++)
        a[i] = i;
#ifdef BUG
    a[n] = 1; //~ BUG FH0102
#endif
    for (int i = 0; i < n; i++)
        sum += a[i];
    return sum;
}
int main(void)
{
    printf("%d %d\n", fill(3), fill(30));
    return 0;
}
