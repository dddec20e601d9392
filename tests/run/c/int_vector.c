// revisions: mended whole one two three four five six seven
// options[mended]: -DONLY=0
// options[one]: -DONLY=1
// options[two]: -DONLY=2
// options[three]: -DONLY=3
// options[four]: -DONLY=4
// options[five]: -DONLY=5
// options[six]: -DONLY=6
// options[seven]: -DONLY=7
// A growing array with seven bugs; each revision but the first two keeps one of them.
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef ONLY
#define HAS(n) (ONLY == n)
#else
#define HAS(n) 1
#endif

typedef struct {
    int *data;
    int length;
    int capacity;
} Ints;

#if HAS(1)
static Ints *ints_new(void)
{
    Ints on_stack;
    Ints *ints = &on_stack;
#else
static Ints *ints_new(void)
{
    Ints *ints = malloc(sizeof *ints);
    assert(ints);
#endif
    ints->length = 0;
    ints->capacity = HAS(2) ? 0 : 1;
    ints->data = NULL;
    if (ints->capacity > 0)
        ints->data = malloc(ints->capacity * sizeof(int)); //~[four] ERROR FH0801
    return ints;
}

static void ints_push(Ints *ints, int n)
{
    if (ints->length == ints->capacity) { //~[one whole] ERROR FH0203
        int capacity = ints->capacity * 2;
        int *data = malloc(HAS(3) ? capacity : capacity * (int)sizeof(int));
        assert(data);
        for (int i = 0; i < ints->length; i++)
            data[i] = ints->data[i]; //~[three] ERROR FH0101
        if (!HAS(4))
            free(ints->data);
        ints->data = data;
        ints->capacity = capacity;
    }
    ints->data[ints->length] = n; //~[whole two three] ERROR FH0101
    ints->length++;
}

static void ints_free(Ints *ints)
{
    if (HAS(5)) {
        free(ints); //~[whole] ERROR FH0302
        free(ints->data); //~[five] ERROR FH0201
        //~[whole]^ ERROR FH0202
    } else {
        free(ints->data); //~[six] ERROR FH0202
        free(ints); //~[one] ERROR FH0302
    }
}

int main(void)
{
    Ints *ints = ints_new();
    ints_push(ints, 107);
    int *first = &ints->data[0];
    ints_push(ints, 110);
    if (!HAS(7))
        first = &ints->data[0];
    printf("%d\n", *first); //~[seven] ERROR FH0201
    if (HAS(6))
        free(ints->data);
    ints_free(ints);
    return 0;
}
