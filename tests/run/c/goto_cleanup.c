// revisions: once each
// options[each]: --fail-alloc each
// Whatever fails, nothing is lost and nothing null is used.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int join(const char *a, const char *b, size_t *length)
{
    int result = -1;
    char *first = malloc(strlen(a) + 1);
    if (!first)
        goto out;
    char *second = malloc(strlen(b) + 1);
    if (!second)
        goto free_first;
    char *both = malloc(strlen(a) + strlen(b) + 1);
    if (!both)
        goto free_second;
    strcpy(first, a);
    strcpy(second, b);
    strcpy(both, first);
    strcat(both, second);
    *length = strlen(both);
    result = 0;
    free(both);
free_second:
    free(second);
free_first:
    free(first);
out:
    return result;
}

int main(void)
{
    size_t length = 0;
    if (join("ground", "rent", &length) != 0)
        return 0;
    printf("%zu\n", length);
    return 0;
}
