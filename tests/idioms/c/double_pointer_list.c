/* Remove from a list through the address of the link. */
#include <stdio.h>
#include <stdlib.h>
struct item { int v; struct item *next; };
int main(void)
{
    struct item *head = NULL;
    for (int i = 0; i < 6; i++) {
        struct item *fresh = malloc(sizeof *fresh);
        if (!fresh) return 1;
        fresh->v = i;
        fresh->next = head;
        head = fresh;
    }
    for (struct item **at = &head; *at;) {
        struct item *one = *at;
        if (one->v % 2) {
            *at = one->next;
            free(one);
#ifdef BUG
            at = &one->next; //~^^^^^^ BUG FH0201
#endif
        } else {
            at = &one->next;
        }
    }
    int n = 0;
    while (head) {
        struct item *next = head->next;
        n++;
#ifndef BUG
        free(head);
#endif
        head = next;
    }
    printf("%d\n", n > 0);
    return 0;
}
