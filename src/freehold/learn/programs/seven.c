/* freehold learn: seven
 *
 * A growing array of ints, with seven memory bugs: two in vector_new (one of them can be mended in
 * vector_push as well), two in vector_push, one in vector_free, two in main. Mend them all; the
 * program is to print 107. Leave the struct and the functions' parameters as they are; vector_new
 * may return a Vector instead of a pointer to one, if main is changed with it.
 *
 * Then:  freehold learn grade seven.c
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int *items; /* on the heap */
    int count;  /* items that it has */
    int room;   /* items that it has memory for */
} Vector;

Vector *vector_new(void)
{
    Vector vector;
    vector.items = NULL;
    vector.count = 0;
    vector.room = 0;
    return &vector;
}

void vector_push(Vector *vector, int item)
{
    if (vector->count == vector->room) {
        int room = vector->room * 2;
        int *items = malloc(room);
        assert(items != NULL);
        for (int i = 0; i < vector->count; i++)
            items[i] = vector->items[i];
        vector->items = items;
        vector->room = room;
    }
    vector->items[vector->count] = item;
    vector->count++;
}

void vector_free(Vector *vector)
{
    free(vector);
    free(vector->items);
}

int main(void)
{
    Vector *vector = vector_new();
    vector_push(vector, 107);
    int *first = &vector->items[0];
    vector_push(vector, 110);
    printf("%d\n", *first);
    free(vector->items);
    vector_free(vector);
    return 0;
}
