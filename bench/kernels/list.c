/* Build, sum, reverse and free singly linked lists. */
#include <stdio.h>
#include <stdlib.h>

struct cell {
    long value;
    struct cell *next;
};

static struct cell *build(int length)
{
    struct cell *head = NULL;
    for (int i = 0; i < length; i++) {
        struct cell *fresh = malloc(sizeof *fresh);
        if (!fresh)
            abort();
        fresh->value = i;
        fresh->next = head;
        head = fresh;
    }
    return head;
}

static struct cell *reverse(struct cell *head)
{
    struct cell *done = NULL;
    while (head) {
        struct cell *rest = head->next;
        head->next = done;
        done = head;
        head = rest;
    }
    return done;
}

static long total(const struct cell *head)
{
    long sum = 0;
    for (; head; head = head->next)
        sum += head->value;
    return sum;
}

int main(void)
{
    long sum = 0;
    for (int round = 0; round < 60; round++) {
        struct cell *head = build(100000);
        for (int i = 0; i < 5; i++) {
            head = reverse(head);
            sum += total(head);
        }
        while (head) {
            struct cell *rest = head->next;
            free(head);
            head = rest;
        }
    }
    printf("%ld\n", sum);
    return 0;
}
