// exit: 1
// Structs, walks and lengths: each fault, and its mended twin.
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* through a struct of options */
struct options { const char *name; char *copy; int verbose; };
int options_bad(struct options *o, const char *name)
{
    o->copy = strdup(name);
    if (!o->copy)
        return -1;
    if (o->verbose > 3) {
        free(o->copy);
        o->verbose = 0;
    }
    return o->copy[0]; //~ WARN FH0201
}
int options_good(struct options *o, const char *name)
{
    o->copy = strdup(name);
    if (!o->copy)
        return -1;
    if (o->verbose > 3) {
        free(o->copy);
        o->copy = NULL;
        return 0;
    }
    return o->copy[0];
}
/* iterate and remove */
struct item { struct item *next; int key; };
void remove_bad(struct item **head, int key)
{
    struct item *i;
    for (i = *head; i; i = i->next) //~ WARN FH0201
        if (i->key == key)
            free(i);
}
void remove_good(struct item **head, int key)
{
    struct item **at = head;
    while (*at) {
        struct item *i = *at;
        if (i->key == key) {
            *at = i->next;
            free(i);
        } else {
            at = &i->next;
        }
    }
}
/* array of structs */
struct slot { char *text; size_t size; };
int slots_bad(void)
{
    struct slot slots[3];
    int i;
    for (i = 0; i < 3; i++) {
        slots[i].text = malloc(10);
        slots[i].size = 10;
    }
    for (i = 0; i < 3; i++)
        free(slots[i].text);
    return slots[1].text[0]; //~ ERROR FH0201 //~ HAZARD FH0507
}
int slots_good(void)
{
    struct slot slots[3];
    int i;
    for (i = 0; i < 3; i++) {
        slots[i].text = malloc(10);
        slots[i].size = 10;
    }
    for (i = 0; i < 3; i++)
        free(slots[i].text);
    return (int)slots[1].size;
}
/* returned through a struct */
static struct slot slot_make(size_t n)
{
    struct slot s = {malloc(n), n};
    return s;
}
void slot_bad(void)
{
    struct slot s = slot_make(4); //~ ERROR FH0801
    if (s.text)
        s.text[0] = 1;
}
void slot_good(void)
{
    struct slot s = slot_make(4);
    free(s.text);
}
void slot_over_bad(void)
{
    struct slot s = slot_make(4);
    if (s.text)
        s.text[s.size] = 1; //~ ERROR FH0101
    free(s.text);
}
/* two arrays in step */
void copy_bad(void)
{
    int from[8] = {0}, to[4], i;
    for (i = 0; i < 8; i++)
        to[i] = from[i]; //~ ERROR FH0102
    printf("%d\n", to[0]);
}
/* a fixed buffer with a symbolic length */
int fixed_bad(const char *from, size_t n)
{
    char to[64];
    if (n > 65)
        return -1;
    memcpy(to, from, n); //~ WARN FH0102
    return to[0];
}
int fixed_good(const char *from, size_t n)
{
    char to[64] = {0};
    if (n > sizeof to)
        return -1;
    memcpy(to, from, n);
    return to[0];
}
int signed_check_bad(const char *from, int n)
{
    char to[64] = {0};
    if (n > 64)
        return -1;
    memcpy(to, from, n);
    return to[0];
}
int parse_bad(void)
{
    int n;
    char to[64];
    if (scanf("%d", &n) != 1 || n > 64)
        return -1;
    memset(to, 0, n); //~ WARN FH0102
    return to[0];
}
int parse_good(void)
{
    int n;
    char to[64] = {0};
    if (scanf("%d", &n) != 1 || n > 64 || n < 1)
        return -1;
    memset(to, 0, n);
    return to[0];
}
int index_bad(void)
{
    int n, a[10] = {0};
    if (scanf("%d", &n) != 1)
        return -1;
    if (n >= 10)
        return -1;
    return a[n]; //~ WARN FH0109
}
int atoi_bad(int argc, char **argv)
{
    int a[10] = {0};
    if (argc < 2)
        return 0;
    return a[atoi(argv[1])]; //~ WARN FH0107 //~ WARN FH0109
}
/* loops that walk a text */
void trim_bad(char *s)
{
    char *end = s + strlen(s) - 1;
    while (*end == ' ') //  below the start of an empty text
        *end-- = 0;
}
char *dup_bad(const char *s)
{
    size_t n = strlen(s);
    char *t = malloc(n);
    size_t i;
    if (!t)
        return NULL;
    for (i = 0; i < n; i++)
        t[i] = s[i];
    t[i] = 0; //~ ERROR FH0101
    return t;
}
char *dup_good(const char *s)
{
    size_t n = strlen(s);
    char *t = malloc(n + 1);
    size_t i;
    if (!t)
        return NULL;
    for (i = 0; i < n; i++)
        t[i] = s[i];
    t[i] = 0;
    return t;
}
char *reverse_bad(const char *s)
{
    size_t n = strlen(s), i;
    char *t = malloc(n + 1);
    if (!t)
        return NULL;
    for (i = 0; i <= n; i++)
        t[i] = s[n - i];
    t[n + 1] = 0; //~ ERROR FH0101
    return t;
}
wchar_t *wide_bad(const wchar_t *s)
{
    wchar_t *t = malloc(wcslen(s) + 1); //~ HAZARD FH0608
    if (!t)
        return NULL;
    wcscpy(t, s); //~ ERROR FH0101
    return t;
}
wchar_t *wide_good(const wchar_t *s)
{
    wchar_t *t = malloc((wcslen(s) + 1) * sizeof *t);
    if (!t)
        return NULL;
    wcscpy(t, s);
    return t;
}
/* recursion with a block */
int walk_bad(int depth)
{
    char *p = malloc(8); //~ WARN FH0801
    if (!p)
        return -1;
    if (depth > 10)
        return 0;
    depth = walk_bad(depth + 1);
    free(p);
    return depth;
}
/* state machine */
enum state { IDLE, OPEN, DONE };
struct machine { enum state state; char *buffer; };
void open_machine(struct machine *m)
{
    m->buffer = malloc(16);
    m->state = OPEN;
}
void close_machine(struct machine *m)
{
    if (m->state == OPEN) {
        free(m->buffer);
        m->state = DONE;
    }
}
void machine_good(void)
{
    struct machine m = {IDLE, NULL};
    open_machine(&m);
    close_machine(&m);
    close_machine(&m);
}
void machine_bad(void)
{
    struct machine m = {IDLE, NULL};
    open_machine(&m); //~ ERROR FH0801
    m.state = IDLE;
    close_machine(&m);
}
/* errors by errno, strtol */
int number_good(const char *s)
{
    char *end;
    long n;
    errno = 0;
    n = strtol(s, &end, 10);
    if (errno || end == s)
        return -1;
    return (int)n;
}
/* function pointer table with a hole */
typedef void handler(int);
static void one(int x) { (void)x; }
static handler *const handlers[3] = {one, 0, one};
void dispatch_bad(void)
{
    handlers[1](0); //~ ERROR FH0505
}
void dispatch_good(void)
{
    handlers[2](0);
}
void dispatch_over_bad(void)
{
    int i;
    for (i = 0; i <= 3; i++)
        if (handlers[i]) //~ ERROR FH0108
            handlers[i](i);
}
/* free of a member array, of the middle, of a converted pointer */
struct inline_buffer { int n; char data[16]; };
void inner_bad(void)
{
    struct inline_buffer *b = malloc(sizeof *b);
    if (!b)
        return;
    free(b->data); //~ ERROR FH0301
}
void long_bad(void)
{
    long address = (long)malloc(8); //~ ERROR FH0801
    (void)address;
}
void long_good(void)
{
    long address = (long)malloc(8);
    free((void *)address);
}
