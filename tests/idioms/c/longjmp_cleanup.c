/* longjmp out of nested calls; what was allocated is released after the jump. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
static jmp_buf out;
static char *volatile held;
static void deep(int n)
{
    if (n == 0)
        longjmp(out, 5);
    char local[32];
    local[0] = (char)n;
    deep(n - 1);
    held[0] = local[0];
}
int main(void)
{
    held = malloc(16);
    if (!held) return 1;
    int code = setjmp(out);
    if (code == 0)
        deep(10);
    printf("%d\n", code);
#ifndef BUG
    free(held);
#else
    held = NULL; //~ BUG FH0801 any
#endif
    return 0;
}
