#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void boxed(void)
{
    int *answer = malloc(sizeof *answer);
    *answer = 42;
    printf("%d\n", *answer);
    int *other = answer;
    printf("%d\n", *other + 1);
    free(other);
}

struct vec {
    void *items;
    size_t len, cap, size;
};

static void vec_push(struct vec *v, const void *item)
{
    if (v->len == v->cap) {
        size_t least = v->size == 1 ? 8 : v->size <= 1024 ? 4 : 1;
        v->cap = 2 * v->cap > least ? 2 * v->cap : least;
        v->items = realloc(v->items, v->cap * v->size);
    }
    memcpy((char *)v->items + v->len++ * v->size, item, v->size);
}

static void growth(void)
{
    struct vec row = {.size = sizeof(int)}, bytes = {.size = 1}, wide = {.size = 1600};
    printf("%zu %zu\n", row.len, row.cap);
    for (int i = 0; i < 10; i++) {
        int square = i * i;
        vec_push(&row, &square);
        printf("%zu %zu\n", row.len, row.cap);
    }
    vec_push(&bytes, "x");
    printf("%zu\n", bytes.cap);
    char zeros[1600] = {0};
    vec_push(&wide, zeros);
    printf("%zu\n", wide.cap);
    struct vec word = {.size = 1};
    for (const char *c = "abcde"; *c; c++)
        vec_push(&word, c);
    printf("%.5s %zu\n", (char *)word.items, word.cap);
    printf("%d\n", 3);
    free(row.items);
    free(bytes.items);
    free(wide.items);
    free(word.items);
}

static char *lamp(const char *name)
{
    char *made = malloc(strlen(name) + 1);
    return strcpy(made, name);
}

static void off(char *name)
{
    printf("%s off\n", name);
    free(name);
}

static void order(void)
{
    char *hall = lamp("hall"), *desk = lamp("desk"), *door = lamp("door");
    puts("inner ends");
    off(door);
    off(desk);
    off(lamp("early"));
    puts("outer ends");
    off(hall);
}

struct shared {
    long strong, weak; /* weak: one for all the strong ones together */
    int value;
};

static void release(struct shared *s)
{
    if (--s->strong == 0 && --s->weak == 0)
        free(s);
}

static void counts(void)
{
    struct shared *first = malloc(sizeof *first);
    *first = (struct shared){1, 1, 5};
    printf("%ld\n", first->strong);
    struct shared *second = first, *watcher = first;
    second->strong++;
    printf("%ld\n", first->strong);
    watcher->weak++;
    struct shared *third = second;
    third->strong++;
    printf("%ld %ld\n", first->strong, first->weak - 1);
    release(third);
    printf("%ld\n", second->strong);
    release(first);
    printf("%s\n", watcher->strong > 0 ? "true" : "false");
    release(second);
    printf("%s\n", watcher->strong == 0 ? "true" : "false");
    if (--watcher->weak == 0)
        free(watcher);
}

struct node {
    long strong, weak, borrowed;
    struct node *next;
};

static void cycle(void)
{
    struct node *first = malloc(sizeof *first), *second = malloc(sizeof *second);
    *first = (struct node){1, 1, 0, NULL};
    *second = (struct node){1, 1, 0, first};
    first->strong++;
    first->next = second;
    second->strong++;
    printf("%ld %ld\n", first->strong, second->strong);
    first->strong--;
    second->strong--;
}

static size_t total;

static void *track(void)
{
    total += 12;
    return calloc(1, 12);
}

static void untrack(void *held)
{
    free(held);
    total -= 12;
}

static void tracked(void)
{
    void *one = track(), *two = track();
    printf("%zu\n", total);
    untrack(two);
    printf("%zu\n", total);
    untrack(one);
    printf("%zu\n", total);
}

static void zeroed(void)
{
    int *row = calloc(5, sizeof *row);
    printf("%d %d\n", row[0], row[4]);
    for (int i = 0; i < 5; i++)
        row[i] = (i + 1) * 3;
    int *more = realloc(row, 10 * sizeof *row);
    if (more == NULL)
        abort();
    row = more;
    for (int i = 5; i < 10; i++)
        row[i] = row[i - 5] + row[4];
    printf("%d %d\n", row[4], row[9]);
    free(row);
}

static void given_up(void)
{
    for (int turn = 0; turn < 1000; turn++)
        *(char *)malloc(1024) = (char)turn;
}

struct link {
    int value;
    struct link *next;
};

static void nodes(void)
{
    struct link *head = NULL;
    for (int value = 10; value <= 30; value += 10) {
        struct link *made = malloc(sizeof *made);
        *made = (struct link){value, head};
        head = made;
    }
    for (struct link *next; head != NULL; head = next) {
        printf("%d\n", head->value);
        next = head->next;
        free(head);
    }
}

struct pool {
    char *bytes;
    size_t size, used;
};

static void *pool_allocate(struct pool *p, size_t size)
{
    size_t start = p->used;
    if (start + size > p->size)
        return NULL;
    p->used = (start + size + 7) / 8 * 8;
    return p->bytes + start;
}

static void pool(void)
{
    struct pool p = {malloc(256), 256, 0};
    size_t sizes[] = {100, 100, 60};
    for (int i = 0; i < 3; i++) {
        bool served = pool_allocate(&p, sizes[i]) != NULL;
        printf("%s %zu\n", served ? "true" : "false", p.used);
    }
    p.used = 0;
    bool served = pool_allocate(&p, 200) != NULL;
    printf("%s %zu\n", served ? "true" : "false", p.used);
    free(p.bytes);
}

static const char *take(char *heap, char name, int size)
{
    for (int at = 0, run = 0; at < 10; at++) {
        run = heap[at] == '.' ? run + 1 : 0;
        if (run == size) {
            memset(heap + at + 1 - size, name, size);
            return "true";
        }
    }
    return "false";
}

static void fragments(void)
{
    char *heap = memset(malloc(10), '.', 10);
    const char *a = take(heap, 'A', 5), *b = take(heap, 'B', 1);
    printf("%s %s\n", a, b);
    memset(heap, '.', 5);
    const char *c = take(heap, 'C', 2), *d = take(heap, 'D', 5);
    printf("%s %s\n", c, d);
    int free_bytes = 0;
    for (int at = 0; at < 10; at++)
        free_bytes += heap[at] == '.';
    printf("%d\n", free_bytes);
    printf("%.10s\n", heap);
    free(heap);
}

int main(void)
{
    struct {
        const char *name;
        void (*run)(void);
    } rows[] = {
        {"boxed", boxed}, {"growth", growth}, {"order", order}, {"counts", counts},
        {"cycle", cycle}, {"tracked", tracked}, {"zeroed", zeroed}, {"given_up", given_up},
        {"nodes", nodes}, {"pool", pool}, {"fragments", fragments},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        printf("= %s\n", rows[i].name);
        rows[i].run();
    }
    return 0;
}
