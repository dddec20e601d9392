/* A doubly linked list with one link: the exclusive or of its neighbours. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
struct node { int value; uintptr_t both; };
int main(void)
{
    struct node *nodes[4];
    for (int i = 0; i < 4; i++) {
        nodes[i] = malloc(sizeof **nodes);
        if (!nodes[i]) return 1;
        nodes[i]->value = i;
    }
    for (int i = 0; i < 4; i++)
        nodes[i]->both = (i ? (uintptr_t)nodes[i - 1] : 0) ^ (i < 3 ? (uintptr_t)nodes[i + 1] : 0);
    int sum = 0;
    uintptr_t before = 0;
#ifdef BUG
    free(nodes[2]);
#endif
    for (struct node *n = nodes[0]; n;) {
        sum = sum * 10 + n->value; //~ BUG FH0201|FH0502
        uintptr_t next = before ^ n->both;
        before = (uintptr_t)n;
        n = (struct node *)next;
    }
    printf("%d\n", sum);
    for (int i = 0; i < 4; i++)
#ifdef BUG
        if (i != 2)
#endif
        free(nodes[i]);
    return 0;
}
