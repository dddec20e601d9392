#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    const char *name = "Ada";
    char *copy = strdup(name); // <-
    if (copy == NULL)
        return 1;
    printf("%s\n", copy);
    free(copy);
    return 0;
}
