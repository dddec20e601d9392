/* A growing array of ints with seven memory bugs. Each can be had alone: -DONLY=1 to -DONLY=7,
 * and none with -DONLY=0. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef ONLY
#define BUG(n) (ONLY == (n))
#else
#define BUG(n) 1
#endif

typedef struct {
    int *items;
    int count;
    int room;
} Vector;

#if BUG(1) /* 1: the vector dies with the function that made it */
static Vector *vector_new(void)
{
    Vector made;
    Vector *vector = &made;
#else
static Vector *vector_new(void)
{
    Vector *vector = malloc(sizeof *vector);
    assert(vector != NULL);
#endif
#if BUG(2) /* 2: twice nothing is nothing */
    vector->items = NULL;
    vector->count = 0;
    vector->room = 0;
#else
    vector->count = 0;
    vector->room = 1;
    vector->items = malloc(vector->room * sizeof *vector->items);
    assert(vector->items != NULL);
#endif
    return vector;
}

static void vector_push(Vector *vector, int item)
{
    if (vector->count == vector->room) {
        int room = vector->room * 2;
#if BUG(3) /* 3: bytes are not ints */
        int *items = malloc(room);
#else
        int *items = malloc(room * sizeof *items);
#endif
        assert(items != NULL);
        for (int i = 0; i < vector->count; i++)
            items[i] = vector->items[i];
#if !BUG(4) /* 4: the old items are forgotten */
        free(vector->items);
#endif
        vector->items = items;
        vector->room = room;
    }
    vector->items[vector->count] = item;
    vector->count++;
}

static void vector_free(Vector *vector)
{
#if BUG(5) /* 5: asked for its items when it is gone */
    free(vector);
    free(vector->items);
#else
    free(vector->items);
    free(vector);
#endif
}

int main(void)
{
    Vector *vector = vector_new();
    vector_push(vector, 107);
    int *first = &vector->items[0];
    vector_push(vector, 110);
#if BUG(7) /* 7: the push has moved the items */
    printf("%d\n", *first);
#else
    (void)first;
    printf("%d\n", vector->items[0]);
#endif
#if BUG(6) /* 6: vector_free does this too */
    free(vector->items);
#endif
    vector_free(vector);
    return 0;
}
