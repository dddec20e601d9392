// An object that holds no pointers is known for that. A pointer that is stored into it is tagged,
// and a number over it takes the tag back: it then points to what lies at that address.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 64 };

static uintptr_t words[COUNT], others[COUNT];

static uintptr_t total(const uintptr_t *from)
{
    uintptr_t sum = 0;
    for (int i = 0; i < COUNT; i++)
        sum += from[i];
    for (int i = 0; i < COUNT; i++)
        sum -= from[i] - 1;
    return sum;
}

static int *number(int value)
{
    int *made = malloc(sizeof *made);
    if (!made)
        abort();
    *made = value;
    return made;
}

static void write_word(uintptr_t *to, uintptr_t value)
{
    *to = value;
}

static void over_a_pointer(uintptr_t *block, int at)
{
    int *gone = number(1), *here = number(2);
    printf("%d\n", (int)total(block));
    ((int **)block)[at] = gone;
    free(gone);
    write_word(&block[at], (uintptr_t)here);
    printf("%d\n", *((int **)block)[at]);
    free(here);
}

struct named { int *number; char name[8]; };

static void over_a_copied_pointer(uintptr_t *block)
{
    struct named source = {number(3), "source"};
    int *here = number(4);
    printf("%d\n", (int)total(block));
    memcpy(block + 8, &source, sizeof source);
    free(source.number);
    write_word(&block[8], (uintptr_t)here);
    printf("%d %s\n", *((int **)block)[8], (char *)&block[9]);
    ((struct named *)block)[2] = source;
    write_word(&block[4], (uintptr_t)here);
    printf("%d\n", *((int **)block)[4]);
    free(here);
}

static void byte_by_byte(uintptr_t *block)
{
    int *gone = number(5), *here = number(6);
    uintptr_t value = (uintptr_t)here;
    printf("%d\n", (int)total(block));
    ((int **)block)[3] = gone;
    free(gone);
    for (unsigned i = 0; i < sizeof value; i++)
        ((char *)&block[3])[i] = ((char *)&value)[i];
    printf("%d\n", *((int **)block)[3]);
    free(here);
}

static void kept(uintptr_t *block)
{
    int *gone = number(7), *there = number(8);
    printf("%d\n", (int)total(block));
    ((int **)block)[5] = gone;
    free(gone);
    free(there);
    printf("%d\n", *((int **)block)[5]); //~ ERROR FH0201
    ((int **)block)[6] = there;
    printf("%d\n", (int)total(block));
    printf("%d\n", *((int **)block)[6]); //~ ERROR FH0201
}

static uintptr_t *fresh(void)
{
    uintptr_t *made = malloc(COUNT * sizeof *made);
    if (!made)
        abort();
    for (int i = 0; i < COUNT; i++)
        made[i] = (uintptr_t)i;
    return made;
}

int main(void)
{
    uintptr_t *blocks[4], local[COUNT] = {0}, another[COUNT] = {0};
    for (int i = 0; i < 4; i++)
        blocks[i] = fresh();
    over_a_pointer(blocks[0], 2);
    over_a_pointer(words, 2);
    over_a_pointer(local, 2);
    over_a_copied_pointer(blocks[1]);
    over_a_copied_pointer(others);
    over_a_copied_pointer(another);
    byte_by_byte(blocks[2]);
    kept(blocks[3]);
    for (int i = 0; i < 4; i++)
        free(blocks[i]);
    return 0;
}
