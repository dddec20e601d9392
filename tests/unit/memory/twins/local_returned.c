#include <stdio.h>
static int *stale(void)
{
    int local = 3;
    int *p = &local;
    return p;
}
int main(void)
{
    int *p = stale();
    printf("%d\n", *p == 3);
    return 0;
}
