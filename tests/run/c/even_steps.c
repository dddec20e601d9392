// What a loop accesses evenly is asked for before it begins. Each fault that one of its rounds
// makes is still found in that round; what no round does is not.
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 40 };

static int *filled(int n)
{
    int *made = malloc(n * sizeof *made);
    if (!made)
        abort();
    for (int i = 0; i < n; i++)
        made[i] = i;
    for (int i = 0; i < n; i++)
        if (made[i] != i)
            abort();
    return made;
}

static void ended(int *a, int n)
{
    long sum = 0;
    for (int i = 0; i <= n; i++)
        sum += a[i]; //~ ERROR FH0106
    printf("ended %ld\n", sum);
}

static void begun(int *a, int n)
{
    long sum = 0;
    for (int i = n - 1; i >= -1; i--)
        sum += a[i]; //~ ERROR FH0109
    printf("begun %ld\n", sum);
}

static void strided(int *a, int n, int step)
{
    long sum = 0;
    for (long i = 0; i <= n; i += step)
        sum += a[i]; //~ ERROR FH0106
    for (long i = 0; i < n; i += step)
        sum += a[i];
    printf("strided %ld\n", sum);
}

static void filled_too_far(int *a, int n)
{
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < n + round; i++)
            a[i] = i; //~ ERROR FH0101
}

static void walked(const int *from, const int *end)
{
    long sum = 0;
    while (from != end)
        sum += *from++; //~ ERROR FH0106
    printf("walked %ld\n", sum);
}

static void unset(int *a, int n)
{
    int source[4];
    source[0] = source[1] = source[3] = 1;
    memcpy(a + 20, source, sizeof source);
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i]; //~ ERROR FH0401
    printf("unset %ld\n", sum);
}

// No fault: another exit comes first, and indexes may wrap.
static void found(const int *a, int n, unsigned char first)
{
    int at = 0;
    for (int i = 0; i < n; i++)
        if (a[i] == 30) {
            at = i;
            break;
        }
    long sum = 0;
    for (unsigned char i = first; i != 5; i++)
        sum += a[i];
    for (int i = n; i-- > 2000;)
        sum += a[i - 2000];
    printf("found %d %ld\n", at, sum);
}

static void wrapped(const int *a, unsigned first)
{
    long sum = 0;
    for (unsigned i = first; i != 30; i++)
        sum += a[i - 10]; //~ ERROR FH0106
    printf("wrapped %ld\n", sum);
}

static int **rows(void)
{
    int **made = malloc(COUNT * sizeof *made);
    if (!made)
        abort();
    for (int i = 0; i < COUNT; i++)
        made[i] = filled(COUNT);
    return made;
}

static long column(int **of, int j)
{
    long sum = 0;
    for (int i = 0; i < COUNT; i++)
        sum += of[i][j]; //~ ERROR FH0501 //~ ERROR FH0201 //~ ERROR FH0106 //~ ERROR FH0503
    return sum;
}

static void columns(void)
{
    int **of = rows(), *kept = of[7], *other = of[21];
    printf("%ld\n", column(of, 3) + column(of, COUNT - 1));
    of[7] = NULL;
    column(of, 3);
    of[7] = kept;
    free(other);
    column(of, 3);
    of[21] = filled(COUNT - 1);
    column(of, COUNT - 1);
    kept = of[30];
    of[30] = (int *)((char *)kept + 2);
    column(of, 3);
    of[30] = kept;
    printf("%ld\n", column(of, 3));
    for (int i = 0; i < COUNT; i++) {
        of[i][0] = i; // what is stored here is none of the pointers
        free(of[i]);
    }
    free(of);
}

// The rows change while they are walked.
static void exchanged(void)
{
    int **of = rows();
    long sum = 0;
    for (int i = 0; i < COUNT / 2; i++) {
        int *row = of[i];
        of[i] = of[COUNT - 1 - i];
        of[COUNT - 1 - i] = row;
        sum += of[i][i] - row[1];
    }
    memset(of[3], 0, COUNT * sizeof **of);
    printf("%ld %ld\n", sum, column(of, 2));
    for (int i = 0; i < COUNT; i++)
        free(of[i]);
    free(of);
}

struct list {
    int *items;
    int n;
};

// What a loop asks again and again does not change as long as it is stored elsewhere.
static int doubled(struct list *of)
{
    for (int i = 0; i < of->n; i++)
        of->items[i] *= 2; //~ ERROR FH0101 //~ ERROR FH0106
    return of->items[of->n / 2];
}

static int shortened(int *n, int *items)
{
    int count = 0;
    for (int i = 0; i < *n; i++) {
        items[i] = 12;
        count++;
    }
    return count;
}

static int own_items(struct list *of, int value)
{
    int count = 0;
    for (int i = 0; i < of->n; i++) {
        of->items[i] = value + count; //~ ERROR FH0502
        count++;
    }
    return count;
}

static void lists(void)
{
    struct list *of = malloc(sizeof *of), other = {filled(COUNT), COUNT};
    if (!of)
        abort();
    *of = other;
    printf("%d", doubled(of));
    of->n++;
    printf(" %d", doubled(of));
    of->items[0] = COUNT;
    printf(" %d", shortened(of->items, of->items));
    of->items[10] = COUNT;
    printf(" %d", shortened(of->items + 10, of->items));
    free(of->items);
    of->items = (int *)of;
    of->n = 4;
    printf(" %d\n", own_items(of, 1));
    free(of);
}

int main(void)
{
    int *a = filled(COUNT), *b = filled(256);
    ended(a, COUNT);
    begun(a, COUNT);
    strided(a, COUNT, 5);
    filled_too_far(a, COUNT);
    walked(b, b + 257);
    found(b, 2050, 250);
    wrapped(b, UINT_MAX - 3);
    unset(a, COUNT);
    columns();
    exchanged();
    lists();
    free(a);
    free(b);
    return 0;
}
