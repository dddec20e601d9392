#include <stdio.h>
#include <stdlib.h>

struct vector {
    int *items;
    size_t length, capacity;
};

static int push(struct vector *v, int item) // <-
{
    if (v->length == v->capacity) {
        size_t room = v->capacity ? 2 * v->capacity : 4;
        int *items = realloc(v->items, room * sizeof *items);
        if (items == NULL)
            return -1;
        v->items = items;
        v->capacity = room;
    }
    v->items[v->length++] = item;
    return 0;
}

int main(void)
{
    struct vector v = {0};
    for (int i = 0; i < 5; i++)
        if (push(&v, i) != 0) // <-
            break;
    printf("%zu %d\n", v.length, v.items != NULL ? v.items[v.length - 1] : -1);
    free(v.items);
    return 0;
}
