/* One exit, labels that release in reverse order. */
#include <stdio.h>
#include <stdlib.h>
static int work(int fail)
{
    int status = -1;
    char *a = malloc(10), *b = NULL;
    if (!a) goto out;
    b = malloc(20); //~ BUG FH0801
    if (!b) goto free_a;
    if (fail)
#ifdef BUG
        goto free_a;
#else
        goto free_b;
#endif
    status = 0;
    goto free_b;
free_b:
    free(b);
free_a:
    free(a);
out:
    return status;
}
int main(void)
{
    printf("%d %d\n", work(0), work(1));
    return 0;
}
