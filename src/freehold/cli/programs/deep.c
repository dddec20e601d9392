/* A ring of nodes, taken for a list: two functions call each other until the stack is full. */
#include <stdio.h>

struct node {
    int weight;
    struct node *next;
};

static long weigh(const struct node *node);

static long rest_of(const struct node *node)
{
    char label[64];
    int length = snprintf(label, sizeof label, "node of weight %d", node->weight);
    return length > 0 ? weigh(node->next) : 0;
}

static long weigh(const struct node *node)
{
    if (node == NULL)
        return 0;
    return node->weight + rest_of(node);
}

int main(void)
{
    struct node second = {2, NULL};
    struct node first = {1, &second};
    second.next = &first;
    printf("%ld\n", weigh(&first));
    return 0;
}
