/* An insertion sort over void pointers and sizes, with a comparison callback. */
#include <stdio.h>
#include <string.h>
static void sort(void *base, size_t n, size_t size, int (*less)(const void *, const void *))
{
    char *first = base, spare[32];
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && less(first + j * size, first + (j - 1) * size); j--) {
            memcpy(spare, first + j * size, size);
            memcpy(first + j * size, first + (j - 1) * size, size);
            memcpy(first + (j - 1) * size, spare, size);
        }
}
static int shorter(const void *a, const void *b)
{
    return strlen(*(char *const *)a) < strlen(*(char *const *)b); //~ BUG FH0107
}
int main(void)
{
    const char *words[] = {"banana", "fig", "cherry", "date"};
    size_t n = sizeof words / sizeof *words;
#ifdef BUG
    n++;
#endif
    sort(words, n, sizeof *words, shorter);
    printf("%s %s\n", words[0], words[3]);
    return 0;
}
