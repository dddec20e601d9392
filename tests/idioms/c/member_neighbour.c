/* Two arrays in one structure, each filled to its end. */
#include <stdio.h>
struct grades { int marks[4]; int weights[4]; };
int main(void)
{
    struct grades g;
    int n = 4, sum = 0;
    for (int i = 0; i < 4; i++)
        g.weights[i] = 1;
#ifdef BUG
    n = 5;
#endif
    for (int i = 0; i < n; i++)
        g.marks[i] = i; //~ BUG FH0104
    for (int i = 0; i < 4; i++)
        sum += g.marks[i] * g.weights[i];
    printf("%d\n", sum > 0);
    return 0;
}
