// revisions: qsort bsearch
// options[qsort]: -DQSORT
// options[bsearch]: -DBSEARCH
// silent: FH0801 FH0802 FH0803 FH0805
#include <stdio.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b; //~[bsearch] ERROR FH0107
}

int main(void)
{
    int numbers[5] = {1, 2, 3, 4, 5};
#if defined QSORT
    qsort(numbers, 6, sizeof *numbers, by_value); //~[qsort] ERROR FH0102
#elif defined BSEARCH
    int key = 9;
    if (bsearch(&key, numbers, 9, sizeof *numbers, by_value))
        puts("found");
#endif
    return 0;
}
