/* A linked list, and the three ways of getting its end wrong: give -DFORGET, -DUSE_LATE or -DTWICE. */
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

static struct node *push(struct node *rest, int value)
{
    struct node *node = malloc(sizeof *node);
    if (node == NULL)
        exit(1);
    node->value = value;
    node->next = rest;
    return node;
}

static void print(const struct node *node)
{
    for (; node != NULL; node = node->next)
        printf("%d, ", node->value);
    printf("end\n");
}

static void release(struct node *node)
{
    while (node != NULL) {
        struct node *next = node->next;
        free(node);
        node = next;
    }
}

int main(void)
{
    struct node *list = NULL;
    for (int value = 10; value <= 30; value += 10)
        list = push(list, value);
    print(list);
#ifdef TWICE
    free(list->next);
#endif
#ifndef FORGET
    release(list);
#endif
#ifdef USE_LATE
    print(list);
#endif
    return 0;
}
