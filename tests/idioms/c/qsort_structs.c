/* qsort and bsearch with comparison callbacks. */
#include <stdio.h>
#include <stdlib.h>
struct person { const char *name; int age; };
static int by_age(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    return (x->age > y->age) - (x->age < y->age); //~ BUG FH0107
}
int main(void)
{
    struct person people[] = {{"Ann", 40}, {"Bob", 25}, {"Cy", 33}};
    size_t n = 3;
#ifdef BUG
    n = 4; // qsort itself may report the range first
#endif
    qsort(people, n, sizeof *people, by_age); //~ BUG FH0102|FH0107
    struct person key = {NULL, 33};
    struct person *hit = bsearch(&key, people, 3, sizeof *people, by_age);
    printf("%d\n", hit != NULL);
    return 0;
}
