/* One way out for every way in: labels in the reverse order of the allocations. Clean on every
 * path: `freehold demo cleanup` makes each allocation fail in turn. */
#include <stdio.h>
#include <stdlib.h>

static int squares_and_sum(int n)
{
    int result = -1;
    long *squares = malloc(n * sizeof *squares);
    if (squares == NULL)
        goto done;
    long *sums = malloc(n * sizeof *sums);
    if (sums == NULL)
        goto free_squares;

    for (int i = 0; i < n; i++) {
        squares[i] = (long)i * i;
        sums[i] = squares[i] + (i > 0 ? sums[i - 1] : 0);
    }
    printf("the first %d squares add up to %ld\n", n, sums[n - 1]);
    result = 0;

    free(sums);
free_squares:
    free(squares);
done:
    return result;
}

int main(void)
{
    if (squares_and_sum(10) != 0) {
        fprintf(stderr, "no memory for it\n");
        return 1;
    }
    return 0;
}
