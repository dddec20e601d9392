/* Structures zeroed whole, then compared whole; padding is no value. */
#include <stdio.h>
#include <string.h>
struct pair { char tag; int value; };
int main(void)
{
    struct pair a, b;
    memset(&a, 0, sizeof a);
    memset(&b, 0, sizeof b);
    a.tag = b.tag = 'x';
    a.value = b.value = 5;
    printf("%d\n", memcmp(&a, &b, sizeof a));
    struct pair c;
    c.tag = 'x';
#ifndef BUG
    c.value = 5;
#endif
    printf("%d\n", c.value == a.value); //~ BUG FH0401
    return 0;
}
