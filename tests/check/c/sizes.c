// exit: 1
// Sizes that follow from strings and members: one too small, and one that never grows.
#include <stdlib.h>
#include <string.h>

char *copied(const char *key)
{
    char *copy = malloc(strlen(key));
    if (copy == NULL)
        return NULL;
    strcpy(copy, key); //~ ERROR FH0101
    return copy;
}

char *copied_whole(const char *key)
{
    char *copy = malloc(strlen(key) + 1);
    if (copy == NULL)
        return NULL;
    strcpy(copy, key);
    return copy;
}

char *joined(const char *first, const char *second)
{
    char *both = malloc(strlen(first) + strlen(second));
    if (both == NULL)
        return NULL;
    strcpy(both, first);
    strcat(both, second); //~ ERROR FH0101
    return both;
}

char *joined_whole(const char *first, const char *second)
{
    char *both = malloc(strlen(first) + strlen(second) + 1);
    if (both == NULL)
        return NULL;
    strcpy(both, first);
    strcat(both, second);
    return both;
}

struct list {
    int *items;
    int used, room;
};

void list_start(struct list *list)
{
    list->items = NULL;
    list->used = 0;
    list->room = 0;
}

int list_double(struct list *list)
{
    int room = list->room * 2;
    int *items = realloc(list->items, room * sizeof *items);
    if (items == NULL)
        return 0;
    list->items = items;
    list->room = room; //~ HAZARD FH0609
    return 1;
}

int list_grow(struct list *list)
{
    int room = list->room == 0 ? 8 : list->room * 2;
    int *items = realloc(list->items, sizeof(int) * room);
    if (items == NULL)
        return 0;
    list->items = items;
    list->room = room;
    return 1;
}
