#include <stdio.h>
#include <stdlib.h>
struct link { int value; struct link *next; };
static struct link *push(struct link *head, int value)
{
    struct link *made = malloc(sizeof *made);
    made->value = value;
    made->next = head;
    return made;
}
int main(void)
{
    struct link *head = NULL;
    for (int value = 1; value <= 3; value++)
        head = push(head, value);
    for (struct link *at = head; at; at = at->next)
        printf("%d\n", at->value);
    free(head);
    printf("%d\n", head->value);
    return 0;
}
