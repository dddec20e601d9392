/* Sound functions, that stand in for those of the answer which are not being graded. PROBE is a
 * main that shows what one of its functions does; VALUE: vector_new returns no pointer. */
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    int *items;
    int count;
    int room;
} Vector;

#ifndef ROOM
#define ROOM 1
#endif

#ifdef VALUE
#define NEW Vector
#define AT(vector) (&(vector))
#else
#define NEW Vector *
#define AT(vector) (vector)
#endif

NEW vector_new(void)
{
#ifdef VALUE
    Vector made, *vector = &made;
#else
    Vector *vector = malloc(sizeof *vector);
#endif
    vector->count = 0;
    vector->room = ROOM;
    vector->items = ROOM == 0 ? NULL : malloc(ROOM * sizeof *vector->items);
#ifdef VALUE
    return made;
#else
    return vector;
#endif
}

void vector_push(Vector *vector, int item)
{
    if (vector->count == vector->room) {
        int room = vector->room > 0 ? vector->room * 2 : 1;
        int *items = malloc(room * sizeof *items);
        for (int i = 0; i < vector->count; i++)
            items[i] = vector->items[i];
        free(vector->items);
        vector->items = items;
        vector->room = room;
    }
    vector->items[vector->count++] = item;
}

void vector_free(Vector *vector)
{
    free(vector->items);
#ifndef VALUE
    free(vector);
#endif
}

/* Prints the room before and after the first push. */
int main(void)
{
    NEW vector = vector_new();
    int before = AT(vector)->room;
    vector_push(AT(vector), 1);
    printf("%d %d\n", before, AT(vector)->room);
    for (int item = 2; item < 6; item++)
        vector_push(AT(vector), item);
    vector_free(AT(vector));
    return 0;
}
