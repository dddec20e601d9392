/* Keys copied into a table; the caller's buffer is reused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static char *keys[32];
static void insert(const char *key)
{
    unsigned h = 0;
    for (const char *p = key; *p; p++)
        h = h * 31 + (unsigned char)*p;
    for (h %= 32; keys[h]; h = (h + 1) % 32)
        if (strcmp(keys[h], key) == 0)
            return;
#ifdef BUG
    keys[h] = malloc(strlen(key));
#else
    keys[h] = malloc(strlen(key) + 1);
#endif
    if (!keys[h]) abort();
    strcpy(keys[h], key); //~ BUG FH0101
}
int main(void)
{
    char word[8];
    int n = 0;
    for (int i = 0; i < 6; i++) {
        snprintf(word, sizeof word, "k%d", i % 4);
        insert(word);
    }
    for (int i = 0; i < 32; i++)
        if (keys[i]) { n++; free(keys[i]); }
    printf("%d\n", n);
    return 0;
}
