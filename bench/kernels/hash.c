/* A chained hash table that grows: insert, look up, delete. */
#include <stdio.h>
#include <stdlib.h>

struct entry {
    unsigned long key, value;
    struct entry *next;
};

struct table {
    struct entry **buckets;
    size_t capacity, used;
};

static size_t slot(const struct table *t, unsigned long key)
{
    return (key * 11400714819323198485ul >> 32) & (t->capacity - 1);
}

static void grow(struct table *t)
{
    struct table bigger = {calloc(t->capacity * 2, sizeof *bigger.buckets), t->capacity * 2, t->used};
    if (!bigger.buckets)
        abort();
    for (size_t i = 0; i < t->capacity; i++) {
        struct entry *next;
        for (struct entry *e = t->buckets[i]; e; e = next) {
            next = e->next;
            size_t s = slot(&bigger, e->key);
            e->next = bigger.buckets[s];
            bigger.buckets[s] = e;
        }
    }
    free(t->buckets);
    *t = bigger;
}

static unsigned long *find(struct table *t, unsigned long key, int insert)
{
    struct entry *e = t->buckets[slot(t, key)];
    for (; e; e = e->next)
        if (e->key == key)
            return &e->value;
    if (!insert)
        return NULL;
    if (++t->used > t->capacity)
        grow(t);
    e = malloc(sizeof *e);
    if (!e)
        abort();
    size_t s = slot(t, key);
    *e = (struct entry){key, 0, t->buckets[s]};
    t->buckets[s] = e;
    return &e->value;
}

static void erase(struct table *t, unsigned long key)
{
    for (struct entry **at = &t->buckets[slot(t, key)]; *at; at = &(*at)->next)
        if ((*at)->key == key) {
            struct entry *gone = *at;
            *at = gone->next;
            free(gone);
            t->used--;
            return;
        }
}

int main(void)
{
    struct table t = {calloc(16, sizeof *t.buckets), 16, 0};
    unsigned long state = 88172645463325252ul, sum = 0;
    if (!t.buckets)
        return 1;
    for (int i = 0; i < 3000000; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        unsigned long key = state % 200000;
        if (i % 4 == 3)
            erase(&t, key);
        else
            ++*find(&t, key, 1);
    }
    for (unsigned long key = 0; key < 200000; key++) {
        unsigned long *value = find(&t, key, 0);
        if (value)
            sum += *value * key;
    }
    printf("%zu %lu\n", t.used, sum);
    for (unsigned long key = 0; key < 200000; key++)
        erase(&t, key);
    free(t.buckets);
    return 0;
}
