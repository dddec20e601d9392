// revisions: clean forgotten late twice
// options[forgotten]: -DFORGOTTEN --show-leak-kinds all
// options[late]: -DLATE
// options[twice]: -DTWICE
// says[forgotten]: definitely lost: 16 bytes in 1 blocks
// says[forgotten]: indirectly lost: 32 bytes in 2 blocks
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

static struct node *push(struct node *head, int value)
{
    struct node *n = malloc(sizeof *n); //~[forgotten] ERROR FH0801
    if (n == NULL) //~[forgotten]^ ERROR FH0802
        exit(1);
    n->value = value;
    n->next = head;
    return n;
}

static void release(struct node *head)
{
    while (head != NULL) {
        struct node *next = head->next; //~[twice] ERROR FH0201
        free(head);                     //~[twice] ERROR FH0202
        head = next;
    }
}

int main(void)
{
    struct node *list = NULL;
    for (int i = 1; i <= 3; i++)
        list = push(list, 10 * i);
    for (const struct node *n = list; n != NULL; n = n->next)
        printf("%d -> ", n->value);
    printf("NULL\n");
#ifndef FORGOTTEN
    release(list);
#endif
#ifdef TWICE
    release(list);
#endif
#ifdef LATE
    printf("%d\n", list->value); //~[late] ERROR FH0201
#endif
    return 0;
}
