/* Build, copy, search and reverse strings, by library call and byte by byte. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reverse(char *s)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n / 2; i++) {
        char c = s[i];
        s[i] = s[n - 1 - i];
        s[n - 1 - i] = c;
    }
}

static unsigned hash(const char *s)
{
    unsigned h = 5381;
    while (*s)
        h = h * 33 ^ (unsigned char)*s++;
    return h;
}

int main(void)
{
    static const char *words[] = {"stack", "heap", "owner", "borrow", "drop", "arena", "pool", "page"};
    unsigned sum = 0;
    for (int round = 0; round < 500000; round++) {
        char line[256] = "";
        for (int i = 0; i < 12; i++) {
            strcat(line, words[(round + i * 5) % 8]);
            strcat(line, i % 3 ? " " : ", ");
        }
        char *copy = malloc(strlen(line) + 1);
        if (!copy)
            return 1;
        strcpy(copy, line);
        reverse(copy);
        sum += hash(copy);
        for (const char *p = line; (p = strchr(p, 'p')); p++)
            sum++;
        if (strcmp(copy, line) == 0)
            sum += 7;
        free(copy);
    }
    printf("%u\n", sum);
    return 0;
}
