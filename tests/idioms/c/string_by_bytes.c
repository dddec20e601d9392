/* Build a string character by character, the end last. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
    char *s = malloc(27);
    if (!s) return 1;
    for (int i = 0; i < 26; i++)
        s[i] = (char)('a' + i);
#ifndef BUG
    s[26] = '\0';
#endif
    printf("%zu\n", strlen(s)); //~ BUG FH0401|FH0106
    free(s);
    return 0;
}
