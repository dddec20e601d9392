/* getline grows its own buffer. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void)
{
    FILE *f = tmpfile();
    if (!f) return 1;
    for (int i = 0; i < 5; i++)
        fprintf(f, "line %d %0*d\n", i, i * 60 + 1, i);
    rewind(f);
    char *line = NULL;
    size_t room = 0, total = 0;
    ssize_t n;
    while ((n = getline(&line, &room, f)) > 0)
        total += (size_t)n;
    printf("%zu\n", total);
    fclose(f);
#ifdef BUG
    fputs("after\n", f); //~ BUG FH0201
#endif
    free(line);
    return 0;
}
