#include <stdio.h>
#include <stdlib.h>

struct shared {
    int owners, value;
};

static struct shared *keep(struct shared *s)
{
    s->owners++; // <-
    return s;
}

static void let_go(struct shared *s)
{
    if (--s->owners == 0) // <-
        free(s);
}

int main(void)
{
    struct shared *a = malloc(sizeof *a);
    if (a == NULL)
        return 1;
    *a = (struct shared){1, 5};
    struct shared *b = keep(a); // <-
    printf("%d %d\n", b->owners, b->value);
    let_go(a);
    let_go(b);
    return 0;
}
