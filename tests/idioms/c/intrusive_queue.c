/* A queue whose tail is the address of the last link. */
#include <stdio.h>
#include <stdlib.h>
struct job { int id; struct job *next; };
struct queue { struct job *head, **tail; };
static void push(struct queue *q, int id)
{
    struct job *j = malloc(sizeof *j);
    if (!j) abort();
    *j = (struct job){id, NULL};
    *q->tail = j; //~ BUG FH0203
    q->tail = &j->next;
}
static struct queue make(void)
{
    struct queue q = {NULL, NULL};
    q.tail = &q.head;
    return q;
}
int main(void)
{
    struct queue q = make();
#ifndef BUG
    q.tail = &q.head;
#endif
    push(&q, 1);
    push(&q, 2);
    int sum = 0;
    while (q.head) {
        struct job *j = q.head;
        q.head = j->next;
        sum += j->id;
        free(j);
    }
    printf("%d\n", sum >= 0);
    return 0;
}
