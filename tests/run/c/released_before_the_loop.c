// The teaching order: sum, then release. Here the release comes first, and once more at the end.
#include <stdio.h>
#include <stdlib.h>

static long total(int count)
{
    int *orders = malloc(count * sizeof *orders);
    if (orders == NULL)
        return -1;
    for (int i = 0; i < count; i++)
        orders[i] = i + 1;
    free(orders);
    long sum = 0;
    for (int i = 0; i < count; i++)
        sum += orders[i]; //~ ERROR FH0201
    free(orders);         //~ ERROR FH0202
    return sum;
}

int main(void)
{
    printf("%d\n", total(4) != 0);
    return 0;
}
