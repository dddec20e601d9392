/* C99's flexible array member. */
#include <stdio.h>
#include <stdlib.h>
struct series { size_t count; double values[]; };
int main(void)
{
    size_t n = 5;
    struct series *s = malloc(sizeof *s + n * sizeof s->values[0]);
    if (!s) return 1;
    s->count = n;
#ifdef BUG
    s->count = n + 1;
#endif
    double sum = 0;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = i * 0.5; //~ BUG FH0101
    for (size_t i = 0; i < n; i++)
        sum += s->values[i];
    printf("%g\n", sum);
    free(s);
    return 0;
}
