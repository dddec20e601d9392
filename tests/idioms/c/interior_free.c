/* Skip leading blanks with a second pointer; free the first. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
    char *text = strdup("   padded");
    if (!text) return 1;
    char *start = text;
    while (isspace((unsigned char)*start))
        start++;
    printf("%s\n", start);
#ifdef BUG
    free(start); //~ BUG FH0301
#endif
    free(text);
    return 0;
}
