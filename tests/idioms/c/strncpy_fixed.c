/* A fixed-width field without a terminator, printed with a precision. */
#include <stdio.h>
#include <string.h>
struct entry { char name[4]; int id; };
int main(void)
{
    struct entry e;
    strncpy(e.name, "abcd", sizeof e.name);
    e.id = 1;
    printf("%.4s %d\n", e.name, e.id);
#ifdef BUG
    strcpy(e.name, "abcd"); //~ BUG FH0104
#endif
    return 0;
}
