// says: stack overflow
#include <stddef.h>

struct node {
    struct node *next;
    int weight;
};

static int weigh(const struct node *n)
{
    return n == NULL ? 0 : n->weight + weigh(n->next); //~ ERROR FH0701
}

int main(void)
{
    struct node a = {NULL, 1}, b = {&a, 2};
    a.next = &b;
    return weigh(&a) == 0;
}
