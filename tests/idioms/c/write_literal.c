/* String literals are read only; a copy is not. */
#include <stdio.h>
int main(void)
{
    char copy[] = "hello";
    copy[0] = 'H';
    printf("%s\n", copy);
#ifdef BUG
    char *literal = "hello";
    literal[5] = 'x';
    literal[6] = 'x'; //~ BUG FH0103
#endif
    return 0;
}
