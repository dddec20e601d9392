/* Double a buffer as it fills, through a temporary. */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    size_t capacity = 2, n = 0;
    int *a = malloc(capacity * sizeof *a);
    if (!a) return 1;
    int *first = a;
    for (int i = 0; i < 1000; i++) {
        if (n == capacity) {
            int *bigger = realloc(a, capacity * 2 * sizeof *a);
            if (!bigger) { free(a); return 1; }
            a = bigger;
            capacity *= 2;
        }
        a[n++] = i;
    }
#ifdef BUG
    printf("%d\n", first[0]); //~ BUG FH0201
#else
    (void)first;
#endif
    printf("%d %zu\n", a[999], n);
    free(a);
    return 0;
}
