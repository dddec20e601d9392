// revisions: mended one three four five six seven
// options[mended]: -DONLY=0
// options[one]: -DONLY=1
// options[three]: -DONLY=3
// options[four]: -DONLY=4
// options[five]: -DONLY=5
// options[six]: -DONLY=6
// options[seven]: -DONLY=7
// A growing list with one bug at a time; each is found without running.
#include <stdlib.h>

#define HAS(n) (ONLY == n)

struct list {
    long *items;
    size_t used, room;
};

static struct list *list_new(void)
{
#if HAS(1)
    struct list local;
    struct list *made = &local;
#else
    struct list *made = malloc(sizeof *made);
    if (made == NULL)
        abort();
#endif
    made->used = 0;
    made->room = 2;
    made->items = malloc(2 * sizeof(long));
    if (made->items == NULL)
        abort();
    return made; //~[one] WARN FH0205
}

static void list_grow(struct list *list)
{
    size_t room = list->room * 2;
    long *items = malloc(HAS(3) ? room : room * sizeof(long)); //~[three] HAZARD FH0608
    if (items == NULL)
        abort();
    for (size_t i = 0; i < list->used; i++)
        items[i] = list->items[i];
    if (!HAS(4))
        free(list->items);
    list->items = items; //~[four] WARN FH0801
    list->room = room;
}

static void list_add(struct list *list, long item)
{
    if (list->used == list->room)
        list_grow(list);
    list->items[list->used++] = item;
}

static void list_free(struct list *list)
{
    if (HAS(5)) {
        free(list);
        free(list->items); //~[five] ERROR FH0201
    } else {
        free(list->items);
        free(list);
    }
}

int main(void)
{
    struct list *list = list_new(); //~[four] ERROR FH0801
    list_add(list, 1); //~[one] ERROR FH0203
    long *first = &list->items[0];
    list_add(list, 2);
    list_add(list, 3); //~[three] ERROR FH0101
    if (!HAS(7))
        first = &list->items[0];
    long value = *first; //~[seven] ERROR FH0201
    if (HAS(6))
        free(list->items);
    list_free(list); //~[six] ERROR FH0202
    //~[one]^ ERROR FH0302
    return value != 1;
}
