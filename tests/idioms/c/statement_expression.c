/* GNU's max with each argument evaluated once, and typeof. */
#include <stdio.h>
#define MAX(a, b) ({ __typeof__(a) a_ = (a); __typeof__(b) b_ = (b); a_ > b_ ? a_ : b_; })
int main(void)
{
    int i = 3, v[4] = {1, 2, 3, 4};
    int m = MAX(i++, 2);
#ifdef BUG
    m += v[i]++ + v[MAX(i, 4)]; //~ BUG FH0102
#endif
    printf("%d %d %d\n", m > 0, i, v[0]);
    return 0;
}
