// Fields that a loop surely reads or writes together are checked at once; each fault is still said
// of the field that has it, and where it is accessed.
#include <stdio.h>
#include <stdlib.h>

struct point { int x, y, z, w; };
struct mixed { char tag, mark; int count; };

static struct point *points(int n)
{
    struct point *made = malloc(n * sizeof *made);
    if (!made)
        abort();
    return made;
}

static void unset_field(void)
{
    struct point *all = points(4);
    int sum = 0;
    for (int i = 0; i < 4; i++) {
        all[i].x = all[i].z = all[i].w = i;
        if (i != 2)
            all[i].y = i;
    }
    for (int i = 0; i < 4; i++) {
        struct point *p = &all[i];
        sum += p->x + p->z;
        if (p->y == 3) //~ ERROR FH0401
            sum += p->w;
    }
    printf("%d\n", sum);
    free(all);
}

static void too_few(void)
{
    int sum = 0;
    struct point *all = calloc(1, 3 * sizeof *all - 8);
    for (int i = 0; all && i < 3; i++) {
        struct point *p = all + i;
        sum += p->x;
        sum += p->y;
        sum += p->z; //~ ERROR FH0106
        sum += p->w; //~ ERROR FH0106
    }
    for (int i = 0; all && i < 3; i++) {
        struct point *p = all + i;
        p->y = i;
        p->z = i; //~ ERROR FH0101
        p->x = sum;
    }
    printf("%d\n", all ? all[2].y + all[2].x : 0);
    free(all);
}

static void first_written(void)
{
    struct point *all = points(3);
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        struct point *p = all + i;
        p->x = i;
        p->y = p->x + 1;
        p->z = p->y + 1;
        sum += p->x + p->y + p->z;
    }
    printf("%d\n", sum);
    free(all);
}

static struct point some(int x)
{
    struct point made;
    made.x = made.y = made.z = x;
    return made;
}

static void assigned_whole(void)
{
    struct point *all = calloc(3, sizeof *all);
    int sum = 0;
    for (int i = 0; all && i < 3; i++) {
        struct point *p = all + i, other = some(i);
        sum += p->x + p->w;
        *p = other;
        sum += p->x;
        if (p->w == 12345) //~ ERROR FH0401
            puts("assigned");
    }
    printf("%d\n", sum);
    free(all);
}

static void out_of_scope(void)
{
    int sum = 0;
    for (int i = 0; i < 2; i++) {
        struct point *p;
        {
            struct point inner = {1, 2, 3, 4};
            p = &inner;
            sum += p->x;
        }
        sum += p->y; //~ ERROR FH0204
    }
    printf("%d\n", sum);
}

static void misaligned(void)
{
    char bytes[64] = {0};
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        struct mixed *p = (struct mixed *)(bytes + 9 * i);
        sum += p->tag + p->mark;
        p->count = i; //~ ERROR FH0503
    }
    printf("%d\n", sum);
}

static void pointer_between(void)
{
    struct linked { long value, more; struct linked *next; long last; } *all = calloc(3, sizeof *all);
    long sum = 0;
    for (int round = 0; all && round < 2; round++)
        for (int i = 0; i < 3; i++) {
            struct linked *p = all + i;
            p->value = i;
            p->next = i ? all + i - 1 : NULL;
            p->last = p->more + i;
            sum += p->value + p->last;
        }
    for (struct linked *p = all ? all + 2 : NULL; p; p = p->next)
        sum += p->last;
    printf("%ld\n", sum);
    free(all);
}

int main(void)
{
    unset_field();
    too_few();
    first_written();
    assigned_whole();
    out_of_scope();
    misaligned();
    pointer_between();
    return 0;
}
