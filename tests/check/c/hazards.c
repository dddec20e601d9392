// Rules that are broken without a fault today.
#include <stdlib.h>
#include <string.h>

struct text {
    char *bytes;
    size_t used, room;
};

static void text_grow(struct text *text)
{
    char *more = malloc(text->room * 2);
    if (more == NULL)
        abort();
    memcpy(more, text->bytes, text->used);
    free(text->bytes);
    text->bytes = more;
    text->room *= 2;
}

char first_after_growth(struct text *text)
{
    char *first = text->bytes;
    text_grow(text);
    return *first; //~ ERROR FH0201
}

int *lost(int *numbers, size_t count)
{
    numbers = realloc(numbers, count * sizeof *numbers); //~ HAZARD FH0806
    return numbers;
}

int *kept(int *numbers, size_t count)
{
    int *more = realloc(numbers, count * sizeof *numbers);
    return more == NULL ? numbers : more;
}

struct point {
    double x, y;
};

struct point *by_pointer(void)
{
    struct point *p = malloc(sizeof p); //~ HAZARD FH0607
    return p;
}

double *by_count(void)
{
    double *numbers = malloc(9); //~ HAZARD FH0608
    return numbers;
}
