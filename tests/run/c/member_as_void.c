// libc is held to the bounds of a member, whatever type its argument has.
#include <stdio.h>
#include <string.h>

struct pair { char first[8]; long second; };

int main(void)
{
    struct pair pair = {"", 1};
    memcpy(pair.first, "0123456789abcde", sizeof pair); //~ ERROR FH0104
    memset((void *)pair.first, 0, 9); //~ ERROR FH0104
    memset(&pair, 0, sizeof pair);
    printf("%ld\n", pair.second);
    return 0;
}
