/* An array of owned strings: elements first, then the array. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
    int n = 3;
    char **words = malloc(n * sizeof *words);
    if (!words) return 1;
    for (int i = 0; i < n; i++) {
        words[i] = strdup("word");
        if (!words[i]) return 1;
    }
    printf("%s\n", words[2]);
#ifdef BUG
    free(words);
    for (int i = 0; i < n; i++)
        free(words[i]); //~ BUG FH0201
#else
    for (int i = 0; i < n; i++)
        free(words[i]);
    free(words);
#endif
    return 0;
}
