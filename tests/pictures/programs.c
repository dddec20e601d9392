/* Shapes that texts on memory explain, each in a function of its own. [marks] name moments: before the
 * line that they stand on is executed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void one_int(void)
{
    int *box = NULL;
    box = malloc(sizeof *box); /* [one.before] */
    *box = 7; /* [one.allocated] */
    printf("%d\n", *box); /* [one.set] */
    free(box);
    box = NULL; /* [one.freed] */
} /* [one.cleared] */

static void zeroed_and_grown(void)
{
    long *row = calloc(2, sizeof *row);
    row[1] = 20; /* [grown.zeroed] */
    long *wider = realloc(row, 400 * sizeof *row); /* [grown.before] */
    wider[2] = 30; /* [grown.moved] */
    free(wider); /* [grown.set] */
} /* [grown.freed] */

static void forget(int size)
{
    char *lost = malloc(size);
    if (lost)
        lost[0] = 1; /* [forget.held] */
}

static void forgetful(void)
{
    for (int i = 0; i < 3; i++)
        forget(1024);
    puts("done"); /* [forget.after] */
}

static void released_twice(void)
{
    int *once = malloc(4);
    free(once);
    free(once); /* [twice.dangling] */
    once = NULL; /* [twice.fault] */
    free(once); /* [twice.null] */
} /* [twice.end] */

static int in_order(int n)
{
    int status = -1;
    int *first = malloc(n * sizeof *first);
    if (!first)
        goto out;
    int *second = malloc(n * sizeof *second);
    if (!second)
        goto free_first;
    first[0] = second[0] = n;
    status = 0; /* [goto.both] */
    free(second);
free_first:
    free(first); /* [goto.second] */
out:
    return status; /* [goto.out] */
}

static void sixth_of_five(void)
{
    int *five = malloc(5 * sizeof *five);
    five[5] = 1; /* [sixth.before] */
    free(five); /* [sixth.fault] */
}

struct link {
    int key;
    struct link *next;
};

static struct link *linked(struct link *rest, int key)
{
    struct link *made = malloc(sizeof *made);
    made->key = key;
    made->next = rest;
    return made; /* [list.made] */
}

static void unlink_all(struct link *list)
{
    while (list) {
        struct link *next = list->next;
        free(list); /* [list.next] */
        list = next;
    }
}

static void list_of_three(void)
{
    struct link *list = NULL;
    for (int key = 1; key <= 3; key++)
        list = linked(list, key);
    unlink_all(list); /* [list.whole] */
    printf("%d\n", list->key); /* [list.freed] */
    puts("late"); /* [list.late] */
}

static void list_forgotten(void)
{
    struct link *list = linked(linked(NULL, 1), 2);
    list = NULL; /* [list.kept] */
    puts("gone"); /* [list.forgotten] */
}

static int *orders(void)
{
    int *made = malloc(4 * sizeof *made);
    for (int i = 0; i < 4; i++)
        made[i] = i + 1;
    return made; /* [orders.made] */
} /* [orders.result] */

static int total(const int *given)
{
    int sum = 0;
    for (int i = 0; i < 4; i++)
        sum += given[i]; /* [orders.lent] */
    return sum;
}

static void orders_in_turn(void)
{
    int *mine = orders();
    int sum = total(mine); /* [orders.mine] */
    free(mine);
    printf("%d\n", sum); /* [orders.freed] */
}

static void orders_too_early(void)
{
    int *mine = orders();
    free(mine);
    printf("%d\n", total(mine)); /* [orders.early] */
    free(mine); /* [orders.used] */
} /* [orders.twice] */

static void on_the_stack(void)
{
    double tau = 6.25;
    int squares[4] = { 0, 1, 4, 9 };
    squares[3] = (int)tau;
    puts("flat"); /* [stack.full] */
}

static void some_text(void)
{
    char *text = malloc(16);
    memset(text, 0, 16); /* [text.empty] */
    strcpy(text, "Hello"); /* [text.zeros] */
    free(text); /* [text.filled] */
}

static void doubling(void)
{
    int room = 1, *all = malloc(sizeof *all);
    for (int used = 0; used < 5; used++) {
        if (used == room)
            all = realloc(all, (room *= 2) * sizeof *all);
        all[used] = used; /* [doubling.put] */
    }
    free(all); /* [doubling.full] */
}

struct vec {
    int *data;
    int length, room;
};

static struct vec *on_its_own_stack(void)
{
    struct vec made = { NULL, 0, 0 };
    struct vec *out = &made;
    return out; /* [vec.inside] */
}

static struct vec *vec_of(int room)
{
    struct vec *made = malloc(sizeof *made);
    made->data = malloc(room * sizeof *made->data);
    made->length = 0;
    made->room = room;
    return made;
}

static void push(struct vec *to, int value, size_t unit, int release)
{
    if (to->length == to->room) {
        int *wider = malloc(2 * to->room * unit);
        for (int i = 0; i < to->length; i++)
            wider[i] = to->data[i];
        if (release)
            free(to->data);
        to->data = wider;
        to->room *= 2; /* [vec.wider] */
    }
    to->data[to->length++] = value;
}

static void vec_dangling(void)
{
    struct vec *held = on_its_own_stack();
    printf("%d\n", held->length); /* [vec.outside] */
}

static void vec_too_small(void)
{
    struct vec *held = vec_of(1);
    push(held, 1, 1, 1);
    push(held, 2, 1, 1);
    free(held->data); /* [vec.small] */
    free(held);
}

static void vec_leaking(void)
{
    struct vec *held = vec_of(1);
    push(held, 1, sizeof(int), 0);
    push(held, 2, sizeof(int), 0);
    free(held->data); /* [vec.leaked] */
    free(held);
}

static void vec_out_of_order(void)
{
    struct vec *held = vec_of(2);
    free(held); /* [vec.owned] */
    free(held->data); /* [vec.orphan] */
    puts("both"); /* [vec.late] */
}

static void vec_stale(void)
{
    struct vec *held = vec_of(1);
    push(held, 107, sizeof(int), 1);
    int *first = &held->data[0];
    push(held, 110, sizeof(int), 1); /* [vec.element] */
    printf("%d\n", *first); /* [vec.stale] */
    free(held->data); /* [vec.read] */
    free(held);
}

int main(void)
{
    one_int();
    zeroed_and_grown();
    forgetful();
    released_twice();
    in_order(3);
    sixth_of_five();
    list_of_three();
    list_forgotten();
    orders_in_turn();
    orders_too_early();
    on_the_stack();
    some_text();
    doubling();
    vec_dangling();
    vec_too_small();
    vec_leaking();
    vec_out_of_order();
    vec_stale();
    return 0;
}
