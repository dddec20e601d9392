/* Sum a counted list of arguments, twice, through va_copy. */
#include <stdarg.h>
#include <stdio.h>
static int sum(int n, ...)
{
    va_list args, again;
    int total = 0;
    va_start(args, n);
    va_copy(again, args);
    for (int i = 0; i < n; i++)
        total += va_arg(args, int);
    for (int i = 0; i < n; i++)
        total += va_arg(again, int); //~^^ BUG FH0604
    va_end(again);
    va_end(args);
    return total;
}
int main(void)
{
#ifdef BUG
    printf("%d\n", sum(4, 1, 2, 3) != 0);
#else
    printf("%d\n", sum(3, 1, 2, 3));
#endif
    return 0;
}
