// exit: 1
// Functions with more paths than are followed: what does not fit is one path that says less.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *bytes;
    size_t used, room;
    int fixed, depth, pretty;
};

static char *text_room(struct text *t, size_t more)
{
    if (t == NULL || t->bytes == NULL)
        return NULL;
    if (t->room > 0 && t->used >= t->room)
        return NULL;
    if (more > 1000000 || t->used > 1000000)
        return NULL;
    more += t->used + 1;
    if (more > 1000000)
        return NULL;
    if (more <= t->room)
        return t->bytes + t->used;
    if (t->fixed)
        return NULL;
    size_t room = more > 500000 ? 1000001 : more * 2;
    char *bytes = realloc(t->bytes, room);
    if (bytes == NULL) {
        free(t->bytes);
        t->bytes = NULL;
        t->room = 0;
        return NULL;
    }
    t->bytes = bytes;
    t->room = room;
    return t->bytes + t->used;
}

static int text_lines(struct text *t, const int *numbers, int count)
{
    char *at = text_room(t, 2);
    if (at == NULL)
        return 0;
    *at = '{';
    t->depth++;
    if (t->pretty)
        *++at = '\n';
    t->used += t->pretty ? 2 : 1;
    for (int i = 0; i < count; i++) {
        at = text_room(t, 16);
        if (at == NULL)
            return 0;
        if (t->pretty) {
            memset(at, ' ', (size_t)(t->depth < 4 ? t->depth : 4));
            t->used += t->depth < 4 ? (size_t)t->depth : 4;
        }
        at = text_room(t, 16);
        if (at == NULL)
            return 0;
        t->used += (size_t)snprintf(at, 12, "%d", numbers[i]);
        if (i + 1 < count) {
            at = text_room(t, 1);
            if (at == NULL)
                return 0;
            *at = ',';
            t->used++;
        }
    }
    return 1;
}

int builds(const int *numbers, int count)
{
    struct text t = {malloc(64), 0, 64, 0, 0, 1};
    if (t.bytes == NULL)
        return 1;
    int done = text_lines(&t, numbers, count);
    if (done)
        puts(t.bytes);
    free(t.bytes);
    return !done;
}

struct node {
    int red;
    struct node *next;
};

static struct node **one_step(struct node **at, int red)
{
    if (*at == NULL)
        return NULL;
    if ((*at)->red == red)
        *at = (*at)->next;
    else
        at = &(*at)->next;
    return *at == NULL ? NULL : at;
}

struct node **until_it_moves(struct node **at, int red)
{
    struct node **old = at;
    do {
        at = one_step(at, red);
    } while (at == old);
    return at;
}

int after_many(unsigned flags)
{
    int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
    int *last = malloc(sizeof *last);
    if (last == NULL)
        return 1;
    *last = 3;
    if (flags & 1)
        a = 1;
    if (flags & 2)
        b = 1;
    if (flags & 4)
        c = 1;
    if (flags & 8)
        d = 1;
    if (flags & 16)
        e = 1;
    if (flags & 32)
        f = 1;
    if (a && b && c && d && e && f) {
        free(last);
        return *last; //~ ERROR FH0201
    }
    free(last);
    return a + b + c + d + e + f;
}
