/* Functions that call the program's compare function: qsort, bsearch, and search.h's. */
#define _GNU_SOURCE
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "libc_support.h"

/* A compare function as it is to be called. A libc function such as strcmp, or one of another
 * signature (reported), is called natively. */
struct order {
    int (*entry)(const void *, u64, const void *, u64);
    int (*entry_with)(const void *, u64, const void *, u64, void *, u64);
    int (*native)(const void *, const void *);
    int (*native_with)(const void *, const void *, void *);
    void *context;
    u64 context_h;
    u64 h; /* of the elements */
};

static int compare(const struct order *order, const void *a, const void *b)
{
    if (order->entry)
        return order->entry(a, order->h, b, order->h);
    if (order->entry_with)
        return order->entry_with(a, order->h, b, order->h, order->context, order->context_h);
    if (order->native_with)
        return order->native_with(a, b, order->context);
    return order->native(a, b);
}

/* Merge sort, in the order of comparisons of glibc's: the lower half is the smaller one. The
 * pointers move, the elements stay, so that a compare function sees them where they are. */
static void sort(const struct order *order, char **items, u64 n, char **space)
{
    u64 low = n / 2, high = n - low, i = 0, j = low, k = 0;
    if (n < 2)
        return;
    sort(order, items, low, space);
    sort(order, items + low, high, space);
    while (i < low && j < n)
        space[k++] = compare(order, items[i], items[j]) <= 0 ? items[i++] : items[j++];
    while (i < low)
        space[k++] = items[i++];
    memcpy(items, space, k * sizeof *items);
}

static void sort_elements(const char *name, void *base, u64 h, u64 n, u64 size,
                          const struct order *order)
{
    char **items, *sorted;
    if (n < 2 || !size || !fl_items(name, n, size))
        return;
    n = fl_writable(base, h, n * size) / size;
    items = malloc(2 * n * sizeof *items);
    sorted = malloc(n * size);
    if (items && sorted) {
        for (u64 i = 0; i < n; i++)
            items[i] = (char *)base + i * size;
        sort(order, items, n, items + n);
        for (u64 i = 0; i < n; i++)
            fh_copy(sorted + i * size, 0, items[i], h, size);
        fh_copy(base, h, sorted, 0, n * size);
    }
    free(items);
    free(sorted);
}

void fhw_qsort(void *base, u64 h, u64 n, u64 size, int (*f)(const void *, const void *), u64 f_h)
{
    struct order order = {.native = f, .h = h};
    if (n < 2)
        return;
    order.entry = fh_callback(f, f_h, FL_SIG_I_PP);
    sort_elements(FL_NAME, base, h, n, size, &order);
}

void fhw_qsort_r(void *base, u64 h, u64 n, u64 size, int (*f)(const void *, const void *, void *),
                 u64 f_h, void *context, u64 context_h)
{
    struct order order = {
        .native_with = f, .h = h, .context = context, .context_h = context_h};
    if (n < 2)
        return;
    order.entry_with = fh_callback(f, f_h, FL_SIG_I_PPP);
    sort_elements(FL_NAME, base, h, n, size, &order);
}

struct fh_ptr fhw_bsearch(const void *key, u64 key_h, const void *base, u64 h, u64 n, u64 size,
                          int (*f)(const void *, const void *), u64 f_h)
{
    u64 low = 0, high = n;
    while (low < high) {
        u64 middle = (low + high) / 2;
        const char *item = (const char *)base + middle * size;
        int side = fl_call_compare(f, f_h, key, key_h, item, h);
        if (!side)
            return fl_ptr(item, h);
        if (side < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return fl_ptr(0, 0);
}

static struct fh_ptr linear(const void *key, u64 key_h, const void *base, u64 h, u64 n, u64 size,
                            void *f, u64 f_h)
{
    for (u64 i = 0; i < n; i++) {
        const char *item = (const char *)base + i * size;
        if (!fl_call_compare(f, f_h, key, key_h, item, h))
            return fl_ptr(item, h);
    }
    return fl_ptr(0, 0);
}

struct fh_ptr fhw_lfind(const void *key, u64 key_h, const void *base, u64 h, size_t *n, u64 n_h,
                        u64 size, int (*f)(const void *, const void *), u64 f_h)
{
    if (!fl_in(n, n_h, sizeof *n))
        return fl_ptr(0, 0);
    return linear(key, key_h, base, h, *n, size, f, f_h);
}

void fl_move(const char *name, void *to, u64 to_h, const void *from, u64 from_h, u64 n, int strict);

struct fh_ptr fhw_lsearch(const void *key, u64 key_h, void *base, u64 h, size_t *n, u64 n_h,
                          u64 size, int (*f)(const void *, const void *), u64 f_h)
{
    struct fh_ptr found;
    char *end;
    if (!fl_inout(n, n_h, sizeof *n))
        return fl_ptr(0, 0);
    found = linear(key, key_h, base, h, *n, size, f, f_h);
    if (found.p)
        return found;
    end = (char *)base + *n * size;
    fl_move(FL_NAME, end, h, key, key_h, size, 0);
    ++*n;
    return fl_ptr(end, h);
}

/* ---------------------------------------------------------------------------------- trees */

/* glibc's trees live in native memory; a node begins with its key. The compare function is called
 * through its native entry, which finds the handles of the keys by address. */
static struct fh_ptr node_of(void *node)
{
    struct fh_ptr result = fl_own(node, sizeof(void *));
    if (node) {
        void *key;
        memcpy(&key, node, sizeof key);
        fl_store(node, key, key ? fh_resolve(key) : 0);
    }
    return result;
}

static void set_root(void **root)
{
    fl_store(root, *root, FH_FOREIGN_HANDLE);
}

struct fh_ptr fhw_tsearch(const void *key, u64 key_h, void **root, u64 root_h,
                          int (*f)(const void *, const void *), u64 f_h)
{
    void *node;
    (void)key_h, (void)f_h;
    if (!fl_inout(root, root_h, sizeof *root))
        return fl_ptr(0, 0);
    node = tsearch(key, root, f);
    set_root(root);
    return node_of(node);
}

struct fh_ptr fhw_tfind(const void *key, u64 key_h, void *const *root, u64 root_h,
                        int (*f)(const void *, const void *), u64 f_h)
{
    (void)key_h, (void)f_h;
    if (!fl_in(root, root_h, sizeof *root))
        return fl_ptr(0, 0);
    return node_of(tfind(key, root, f));
}

struct fh_ptr fhw_tdelete(const void *key, u64 key_h, void **root, u64 root_h,
                          int (*f)(const void *, const void *), u64 f_h)
{
    void *parent;
    (void)key_h, (void)f_h;
    if (!fl_inout(root, root_h, sizeof *root))
        return fl_ptr(0, 0);
    parent = tdelete(key, root, f);
    set_root(root);
    return fl_ptr(parent, FH_FOREIGN_HANDLE);
}

static void *walk_action;
static u64 walk_action_h;

static void visit_node(const void *node, VISIT which, int depth)
{
    struct fh_ptr at = node_of((void *)node);
    void (*entry)(void *, u64, int, int) = fh_callback(walk_action, walk_action_h, FL_SIG_V_PII);
    if (entry)
        entry(at.p, at.h, (int)which, depth);
    else
        ((void (*)(const void *, VISIT, int))walk_action)(node, which, depth);
}

void fhw_twalk(const void *root, u64 root_h, void (*action)(const void *, VISIT, int), u64 h)
{
    (void)root_h;
    walk_action = action;
    walk_action_h = h;
    twalk(root, visit_node);
}

void fhw_tdestroy(void *root, u64 root_h, void (*release)(void *), u64 h)
{
    (void)root_h, (void)h;
    tdestroy(root, release);
}

/* ----------------------------------------------------------------------------- the hash table */

/* The item comes by reference; libc takes its two words in registers, as it would two pointers. */
struct fh_ptr fhw_hsearch(const ENTRY *item, int action)
{
    ENTRY *(*search)(void *, void *, int) = (ENTRY * (*)(void *, void *, int)) hsearch;
    struct fh_ptr key = fl_load(&item->key), data = fl_load(&item->data), result;
    const void *text = key.p;
    ENTRY *found;
    fl_length(&text, key.h, 1, FL_NO_LIMIT);
    found = search((void *)text, data.p, action);
    result = fl_own(found, sizeof *found);
    if (found && found->key == key.p && found->data == data.p) {
        fl_store(&found->key, key.p, key.h);
        fl_store(&found->data, data.p, data.h);
    }
    return result;
}

/* ---------------------------------------------------------------------------- linked queues */

struct element {
    struct element *next;
    struct element *previous;
};

void fhw_insque(void *element, u64 h, void *before, u64 before_h)
{
    struct element *new = element, *old = before;
    struct fh_ptr next = fl_ptr(0, 0);
    if (!fl_out(new, h, sizeof *new))
        return;
    if (old && fl_inout(old, before_h, sizeof *old)) {
        next = fl_load(&old->next);
        fl_store(&old->next, new, h);
    }
    fl_store(&new->next, next.p, next.h);
    fl_store(&new->previous, old, before_h);
    if (next.p && fl_out(next.p, next.h, sizeof *new))
        fl_store(&((struct element *)next.p)->previous, new, h);
}

void fhw_remque(void *element, u64 h)
{
    struct element *old = element;
    struct fh_ptr next, previous;
    if (!fl_in(old, h, sizeof *old))
        return;
    next = fl_load(&old->next);
    previous = fl_load(&old->previous);
    if (next.p && fl_out(next.p, next.h, sizeof *old))
        fl_store(&((struct element *)next.p)->previous, previous.p, previous.h);
    if (previous.p && fl_out(previous.p, previous.h, sizeof *old))
        fl_store(&((struct element *)previous.p)->next, next.p, next.h);
}
