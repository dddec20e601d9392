/* Dispatch through an array of function pointers. */
#include <stdio.h>
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static int (*const ops[])(int, int) = {add, sub, mul};
int main(void)
{
    int n = 3, sum = 0;
    for (int i = 0; i < n; i++)
        sum += ops[i](7, 3);
#ifdef BUG
    int (*none)(int, int) = 0;
    sum += none(1, 2); //~ BUG FH0501|FH0505
#endif
    printf("%d\n", sum > 0);
    return 0;
}
