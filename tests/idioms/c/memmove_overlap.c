/* Shift within one buffer: memmove may overlap, memcpy may not. */
#include <stdio.h>
#include <string.h>
int main(void)
{
    char s[16] = "0123456789";
#ifdef BUG
    memcpy(s + 2, s, 8); //~ BUG FH0601
#else
    memmove(s + 2, s, 8);
#endif
    printf("%.10s\n", s);
    return 0;
}
