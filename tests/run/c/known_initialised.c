// An object that has been read as a whole is known to be initialised. Whatever makes a part of it
// uninitialised again takes that back, and only that.
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 400 };

static long total(const int *from, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += from[i];
    for (int i = 0; i < n; i++)
        sum -= from[i] - 1;
    return sum;
}

static int *filled(void)
{
    int *made = malloc(COUNT * sizeof *made);
    if (!made)
        abort();
    for (int i = 0; i < COUNT; i++)
        made[i] = i;
    if (total(made, COUNT) != COUNT)
        abort();
    return made;
}

struct pair { int first, second; };

static struct pair half(int first)
{
    struct pair made;
    made.first = first;
    return made;
}

static void copied(void)
{
    int source[8], *to = filled();
    for (int i = 0; i < 8; i++)
        if (i != 5)
            source[i] = i;
    memcpy(to + 16, source, sizeof source);
    printf("%d %d\n", to[20], to[22]);
    if (to[21] == 0) //~ ERROR FH0401
        puts("copied");
    free(to);
}

static void moved(void)
{
    int *block = malloc(COUNT * sizeof *block);
    if (!block)
        abort();
    for (int i = 1; i < COUNT; i++)
        block[i] = i;
    printf("%d\n", block[1]);
    memmove(block + 1, block, 8 * sizeof *block);
    if (block[1] == 1) //~ ERROR FH0401
        puts("moved");
    free(block);
}

static void assigned(void)
{
    int *block = filled();
    struct pair *pairs = (struct pair *)block;
    pairs[3] = half(1);
    printf("%d\n", pairs[3].first);
    if (pairs[3].second == 7) //~ ERROR FH0401
        puts("assigned");
    free(block);
}

static void stored(int given)
{
    int *block = filled(), value;
    if (given)
        value = 1;
    block[9] = value;
    printf("%d\n", block[8]);
    if (block[9] == 9) //~ ERROR FH0401
        puts("stored");
    free(block);
}

static void entered_again(void)
{
    for (int round = 0; round < 2; round++) {
        int row[COUNT];
        if (round == 0)
            for (int i = 0; i < COUNT; i++)
                row[i] = i;
        if (round == 0)
            printf("%ld\n", total(row, COUNT));
        else if (row[round] == 1) //~ ERROR FH0401
            puts("entered again");
    }
}

static void began_again(int n)
{
    int round = 0;
again:;
    int row[COUNT];
    if (round++ == 0) {
        for (int i = 0; i < n; i++)
            row[i] = i;
        printf("%ld\n", total(row, n));
        goto again;
    }
    if (row[round] == 1) //~ ERROR FH0401
        puts("began again");
}

static void dynamic(int n)
{
    for (int round = 0; round < 2; round++) {
        int row[n];
        if (round == 0)
            for (int i = 0; i < n; i++)
                row[i] = i;
        if (round == 0)
            printf("%ld\n", total(row, n));
        else if (row[round] == 1) //~ ERROR FH0401
            puts("dynamic");
    }
}

static void on_the_stack(int round)
{
    int *row = alloca(COUNT * sizeof *row);
    if (round == 0)
        for (int i = 0; i < COUNT; i++)
            row[i] = i;
    if (round == 0)
        printf("%ld\n", total(row, COUNT));
    else if (row[round] == 1) //~ ERROR FH0401
        puts("on the stack");
}

static void allocated_again(void)
{
    free(filled());
    int *block = malloc(COUNT * sizeof *block);
    if (block && block[7] == 7) //~ ERROR FH0401
        puts("allocated again");
    free(block);
}

static void grown(void)
{
    int *block = filled();
    block = realloc(block, (COUNT + 2) * sizeof *block);
    if (!block)
        abort();
    printf("%d\n", block[COUNT - 1]);
    if (block[COUNT] == 7) //~ ERROR FH0401
        puts("grown");
    free(block);
}

static void shrunk_and_grown(void)
{
    int *block = filled();
    block = realloc(block, (COUNT - 2) * sizeof *block);
    block = realloc(block, COUNT * sizeof *block);
    if (!block)
        abort();
    printf("%d\n", block[COUNT - 3]);
    if (block[COUNT - 2] == 7) //~ ERROR FH0401
        puts("shrunk and grown");
    free(block);
}

static int table[COUNT];

static void of_static_data(void)
{
    int source[4];
    source[0] = 1;
    printf("%ld\n", total(table, COUNT));
    memcpy(table + 40, source, sizeof source);
    printf("%d\n", table[40]);
    if (table[41] == 3) //~ ERROR FH0401
        puts("of static data");
}

int main(void)
{
    copied();
    moved();
    assigned();
    stored(0);
    entered_again();
    began_again(COUNT);
    dynamic(COUNT);
    on_the_stack(0);
    on_the_stack(1);
    allocated_again();
    grown();
    shrunk_and_grown();
    of_static_data();
    return 0;
}
