// exit: 1
// Containers and ladders of cleanup: mostly right, some wrong.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* goto ladders */
int ladder_bad(const char *name)
{
    int rc = -1;
    char *a, *b;
    FILE *f;
    a = malloc(16); //~ WARN FH0801
    if (!a)
        goto out;
    b = malloc(16);
    if (!b)
        goto out;
    f = fopen(name, "r");
    if (!f)
        goto free_b;
    rc = fgetc(f);
    fclose(f);
free_b:
    free(b);
    free(a);
out:
    return rc;
}
int ladder_good(const char *name)
{
    int rc = -1;
    char *a, *b;
    FILE *f;
    a = malloc(16);
    if (!a)
        goto out;
    b = malloc(16);
    if (!b)
        goto free_a;
    f = fopen(name, "r");
    if (!f)
        goto free_b;
    rc = fgetc(f);
    fclose(f);
free_b:
    free(b);
free_a:
    free(a);
out:
    return rc;
}
int too_much_bad(void)
{
    char *a, *b;
    a = malloc(16);
    if (!a)
        goto free_b;
    b = malloc(16);
    if (!b)
        goto free_a;
    a[0] = b[0] = 1;
free_b:
    free(b); //~ WARN FH0401
free_a:
    free(a);
    return 0;
}
int twice_bad(int x)
{
    char *a = malloc(16);
    if (!a)
        return -1;
    if (x) {
        free(a);
        goto out;
    }
    a[0] = 1;
out:
    free(a); //~ WARN FH0202
    return 0;
}
/* a stack of strings */
struct stack {
    char **items;
    size_t count;
    size_t room;
};
int push(struct stack *s, const char *text)
{
    char *copy;
    if (s->count == s->room) {
        size_t room = s->room ? s->room * 2 : 4;
        char **items = realloc(s->items, room * sizeof *items);
        if (!items)
            return -1;
        s->items = items;
        s->room = room;
    }
    copy = strdup(text);
    if (!copy)
        return -1;
    s->items[s->count++] = copy;
    return 0;
}
int pop(struct stack *s)
{
    if (s->count == 0)
        return -1;
    free(s->items[--s->count]);
    return 0;
}
void clear(struct stack *s)
{
    while (s->count > 0)
        free(s->items[--s->count]);
    free(s->items);
    s->items = NULL;
    s->room = 0;
}
int stack_good(void)
{
    struct stack s = {NULL, 0, 0};
    int i;
    for (i = 0; i < 10; i++)
        if (push(&s, "text"))
            break;
    for (i = 0; i < 5; i++)
        pop(&s);
    push(&s, "more");
    clear(&s);
    return 0;
}
int stack_read_good(void)
{
    struct stack s = {0};
    char line[80];
    while (fgets(line, sizeof line, stdin)) {
        if (line[0] == '-')
            pop(&s);
        else if (push(&s, line) != 0)
            break;
    }
    while (pop(&s) == 0)
        ;
    free(s.items);
    return 0;
}
char *pop_take(struct stack *s)
{
    if (s->count == 0)
        return NULL;
    return s->items[--s->count];
}
int stack_take_good(void)
{
    struct stack s = {0};
    char *text;
    push(&s, "a");
    push(&s, "b");
    while ((text = pop_take(&s)) != NULL) {
        puts(text);
        free(text);
    }
    push(&s, "c");
    clear(&s);
    return 0;
}
int stack_take_bad(void)
{
    struct stack s = {0};
    char *text;
    push(&s, "a");
    text = pop_take(&s);
    free(text);
    if (text)
        puts(text); //~ ERROR FH0201
    clear(&s);
    return 0;
}
/* linked list with owner */
struct entry {
    char *key;
    struct entry *next;
};
struct table {
    struct entry *slots[16];
};
static unsigned hash(const char *s)
{
    unsigned h = 5381;
    while (*s)
        h = h * 33 + (unsigned char)*s++;
    return h;
}
int table_add(struct table *t, const char *key)
{
    unsigned at = hash(key) % 16;
    struct entry *e = malloc(sizeof *e);
    if (!e)
        return -1;
    e->key = strdup(key);
    if (!e->key) {
        free(e);
        return -1;
    }
    e->next = t->slots[at];
    t->slots[at] = e;
    return 0;
}
struct entry *table_find(struct table *t, const char *key)
{
    struct entry *e = t->slots[hash(key) % 16];
    while (e && strcmp(e->key, key) != 0)
        e = e->next;
    return e;
}
int table_remove(struct table *t, const char *key)
{
    struct entry **at = &t->slots[hash(key) % 16];
    while (*at) {
        struct entry *e = *at;
        if (strcmp(e->key, key) == 0) {
            *at = e->next;
            free(e->key);
            free(e);
            return 1;
        }
        at = &e->next;
    }
    return 0;
}
void table_free(struct table *t)
{
    int i;
    for (i = 0; i < 16; i++) {
        struct entry *e = t->slots[i];
        while (e) {
            struct entry *next = e->next;
            free(e->key);
            free(e);
            e = next;
        }
        t->slots[i] = NULL;
    }
}
int table_good(void)
{
    struct table t = {{NULL}};
    struct entry *e;
    table_add(&t, "a");
    table_add(&t, "b");
    e = table_find(&t, "a");
    if (e)
        puts(e->key);
    table_remove(&t, "b");
    table_free(&t);
    return 0;
}
int table_bad(void)
{
    struct table t = {{NULL}};
    table_add(&t, "a");
    puts(table_find(&t, "a")->key); //~ WARN FH0501
    table_free(&t);
    return 0;
}
/* a growing text */
struct text {
    char *data;
    size_t length;
    size_t room;
};
int text_add(struct text *t, const char *s)
{
    size_t n = strlen(s);
    if (t->length + n + 1 > t->room) {
        size_t room = t->room ? t->room * 2 : 16;
        char *data;
        while (room < t->length + n + 1)
            room *= 2;
        data = realloc(t->data, room);
        if (data == NULL)
            return 0;
        t->data = data;
        t->room = room;
    }
    memcpy(t->data + t->length, s, n + 1);
    t->length += n;
    return 1;
}
int text_good(int argc, char **argv)
{
    struct text t = {0};
    int i;
    for (i = 1; i < argc; i++)
        if (!text_add(&t, argv[i]))
            break;
    if (t.data)
        puts(t.data);
    free(t.data);
    return 0;
}
/* a tree */
struct tree {
    struct tree *left, *right;
    int key;
};
struct tree *insert(struct tree *t, int key)
{
    if (t == NULL) {
        t = calloc(1, sizeof *t);
        if (t)
            t->key = key;
        return t;
    }
    if (key < t->key)
        t->left = insert(t->left, key);
    else if (key > t->key)
        t->right = insert(t->right, key);
    return t;
}
void tree_free(struct tree *t)
{
    if (!t)
        return;
    tree_free(t->left);
    tree_free(t->right);
    free(t);
}
int tree_good(void)
{
    struct tree *t = NULL;
    int i;
    for (i = 0; i < 5; i++)
        t = insert(t, i * 7 % 5);
    tree_free(t);
    return 0;
}
int tree_bad(void)
{
    struct tree *t = insert(NULL, 1); //~ ERROR FH0801
    return t != NULL;
}
void tree_free_bad(struct tree *t)
{
    if (!t)
        return;
    free(t);
    tree_free_bad(t->left); //~ ERROR FH0201
}
/* matrix with clean failure */
double **matrix_new(int rows, int columns)
{
    int i;
    double **m = malloc(rows * sizeof *m);
    if (!m)
        return NULL;
    for (i = 0; i < rows; i++) {
        m[i] = calloc(columns, sizeof **m);
        if (!m[i]) {
            while (i-- > 0)
                free(m[i]);
            free(m);
            return NULL;
        }
    }
    return m;
}
void matrix_free(double **m, int rows)
{
    int i;
    if (!m)
        return;
    for (i = 0; i < rows; i++)
        free(m[i]);
    free(m);
}
int matrix_good(void)
{
    double **m = matrix_new(3, 4);
    if (!m)
        return 1;
    m[2][3] = 1;
    matrix_free(m, 3);
    return 0;
}
/* queue */
struct job {
    struct job *next;
    char name[16];
};
struct queue {
    struct job *head;
    struct job *tail;
};
int enqueue(struct queue *q, const char *name)
{
    struct job *j = malloc(sizeof *j);
    if (!j)
        return 0;
    strncpy(j->name, name, sizeof j->name - 1);
    j->name[sizeof j->name - 1] = '\0';
    j->next = NULL;
    if (q->tail)
        q->tail->next = j;
    else
        q->head = j;
    q->tail = j;
    return 1;
}
struct job *dequeue(struct queue *q)
{
    struct job *j = q->head;
    if (!j)
        return NULL;
    q->head = j->next;
    if (!q->head)
        q->tail = NULL;
    return j;
}
int queue_good(void)
{
    struct queue q = {NULL, NULL};
    struct job *j;
    enqueue(&q, "one");
    enqueue(&q, "two");
    while ((j = dequeue(&q)) != NULL) {
        puts(j->name);
        free(j);
    }
    return 0;
}
int queue_bad(void)
{
    struct queue q = {NULL, NULL};
    struct job *j;
    enqueue(&q, "one");
    j = dequeue(&q);
    free(j);
    printf("%s\n", j->name); //~ WARN FH0201 //~ WARN FH0501
    return 0;
}
