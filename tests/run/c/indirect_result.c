// The result of an indirect call goes through a pointer that is checked there, and only there.
#include <stdio.h>
#include <stdlib.h>

struct item { int value; int (*next)(int); struct item *link; };

static int twice(int n) { return 2 * n; }

int main(void)
{
    struct item *head = calloc(2, sizeof *head);
    if (!head)
        return 1;
    *head = (struct item){3, twice, head + 1};
    head->link->value = head->next(head->value);
    printf("%d\n", head[1].value);
    free(head);
    head->value = 1; //~ ERROR FH0201
    return 0;
}
