// What the variables in scope at exit point to is reachable; what ended scopes pointed to is lost.
#include <stdio.h>
#include <stdlib.h>

struct list { int *items; int n; };

static void finish(int status)
{
    printf("%d\n", status);
    exit(status);
}

static void (*leave)(int) = finish;

static void deeper(struct list list, int *argument)
{
    int *local = malloc(3 * sizeof *local);
    struct list other = {malloc(8), 2};
    list.n = other.n;
    {
        int *gone = malloc(50); //~ ERROR FH0801
        gone[0] = 1;
    }
    if (argument && local)
        leave(0);
    free(local);
    free(other.items);
}

int main(void)
{
    int *kept = malloc(sizeof *kept);
    struct list list = {malloc(40), 10};
    int *lost = malloc(60); //~ ERROR FH0801
    lost = NULL;
    deeper(list, kept);
    free(list.items);
    free(kept);
}
