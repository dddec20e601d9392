// Stacks reach the user's code: from main itself, through a callback, out of cold functions.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const int *p = a, *q = b;
    return p[3] - q[0]; //~ ERROR FH0107
}

int main(void)
{
    char small[4];
    int two[2] = {2, 1};
    size_t n = sizeof small + 1;
    printf("%d\n", 3L); //~ ERROR FH0603
    memset(small, 0, n); //~ ERROR FH0102
    qsort(two, 2, sizeof two[0], compare);
    return 0;
}
// says: in memset
