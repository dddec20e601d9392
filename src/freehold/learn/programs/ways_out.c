/* freehold learn: ways-out
 *
 * Three allocations, each of which may fail: `copy_twice` then returns without what it had already
 * got. Release it on every way out. (`freehold run --fail-alloc each ways_out.c` makes each fail.)
 *
 * Then:  freehold learn grade ways_out.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct copies {
    char *first;
    char *second;
};

struct copies *copy_twice(const char *text)
{
    struct copies *copies = malloc(sizeof *copies);
    if (copies == NULL)
        return NULL;
    copies->first = malloc(strlen(text) + 1);
    if (copies->first == NULL)
        return NULL;
    copies->second = malloc(strlen(text) + 1);
    if (copies->second == NULL)
        return NULL;
    strcpy(copies->first, text);
    strcpy(copies->second, text);
    return copies;
}

int main(void)
{
    struct copies *copies = copy_twice("tea");
    if (copies == NULL) {
        puts("no memory");
        return 1;
    }
    printf("%s %s\n", copies->first, copies->second);
    free(copies->second);
    free(copies->first);
    free(copies);
    return 0;
}
