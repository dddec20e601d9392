/* Conversions of text to numbers, with the end pointer. */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    const char *text = "12 34x";
    char *end;
    long a = strtol(text, &end, 10), b = strtol(end, &end, 10);
    printf("%ld %ld %c %d\n", a, b, *end, atoi("77"));
#ifdef BUG
    char digits[2] = {'1', '2'};
    printf("%d\n", atoi(digits) != 0); //~ BUG FH0107
#endif
    return 0;
}
