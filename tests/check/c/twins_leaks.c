// exit: 1
// Leaks: each, and its mended twin.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void plain_bad(void)
{
    char *p = malloc(8); //~ ERROR FH0801
    if (p)
        p[0] = 1;
}
void plain_good(void)
{
    char *p = malloc(8);
    if (p)
        p[0] = 1;
    free(p);
}
int path_bad(int x)
{
    char *p = malloc(8); //~ WARN FH0801
    if (!p)
        return 0;
    if (x < 0)
        return -1;
    free(p);
    return 1;
}
int path_good(int x)
{
    char *p = malloc(8);
    if (!p)
        return 0;
    if (x < 0) {
        free(p);
        return -1;
    }
    free(p);
    return 1;
}
void loop_bad(int n)
{
    char *p = NULL;
    int i;
    for (i = 0; i < n; i++)
        p = malloc(8); //~ WARN FH0801
    free(p);
}
void loop_good(int n)
{
    char *p = NULL;
    int i;
    for (i = 0; i < n; i++) {
        free(p);
        p = malloc(8);
    }
    free(p);
}
void overwritten_bad(void)
{
    char *p = malloc(8); //~ ERROR FH0801
    p = malloc(16);
    free(p);
}
void overwritten_good(void)
{
    char *p = malloc(8);
    free(p);
    p = malloc(16);
    free(p);
}
static char *make(void)
{
    return malloc(10);
}
void lost_result_bad(void)
{
    make(); //~ ERROR FH0801
}
void lost_result_good(void)
{
    free(make());
}
static char *held;
void global_bad(void)
{
    held = malloc(8); //~ ERROR FH0801
    held = NULL;
}
void global_good(void)
{
    held = malloc(8);
}
struct pair {
    char *first;
    char *second;
};
void member_bad(void)
{
    struct pair *p = malloc(sizeof *p);
    if (!p)
        return;
    p->first = malloc(4); //~ ERROR FH0801
    p->second = malloc(4);
    free(p->second);
    free(p);
}
void member_good(void)
{
    struct pair *p = malloc(sizeof *p);
    if (!p)
        return;
    p->first = malloc(4);
    p->second = malloc(4);
    free(p->first);
    free(p->second);
    free(p);
}
static void fill(char **out)
{
    *out = malloc(16);
}
void out_bad(void)
{
    char *p;
    fill(&p); //~ ERROR FH0801
    if (p)
        p[0] = 0;
}
void out_good(void)
{
    char *p;
    fill(&p);
    if (p)
        p[0] = 0;
    free(p);
}
void array_bad(void)
{
    char *a[3];
    int i;
    for (i = 0; i < 3; i++)
        a[i] = malloc(4); //~ ERROR FH0801
    for (i = 0; i < 2; i++)
        free(a[i]);
}
void array_good(void)
{
    char *a[3];
    int i;
    for (i = 0; i < 3; i++)
        a[i] = malloc(4);
    for (i = 0; i < 3; i++)
        free(a[i]);
}
/* a constructor that fails half way */
struct pair *new_bad(void)
{
    struct pair *p = malloc(sizeof *p); //~ WARN FH0801
    if (!p)
        return NULL;
    p->first = malloc(8);
    if (!p->first)
        return NULL;
    p->second = NULL;
    return p;
}
struct pair *new_good(void)
{
    struct pair *p = malloc(sizeof *p);
    if (!p)
        return NULL;
    p->first = malloc(8);
    if (!p->first) {
        free(p);
        return NULL;
    }
    p->second = NULL;
    return p;
}
/* the owner of a member is released without it */
struct owner {
    char *name;
    int n;
};
struct owner *owner_new(const char *name)
{
    struct owner *o = malloc(sizeof *o);
    if (!o)
        return NULL;
    o->name = malloc(strlen(name) + 1);
    if (!o->name) {
        free(o);
        return NULL;
    }
    strcpy(o->name, name);
    o->n = 0;
    return o;
}
void owner_free_bad(struct owner *o)
{
    free(o); //~ WARN FH0801
}
struct held {
    char *name;
    int n;
};
struct held *held_new(const char *name)
{
    struct held *o = malloc(sizeof *o);
    if (!o)
        return NULL;
    o->name = malloc(strlen(name) + 1);
    if (!o->name) {
        free(o);
        return NULL;
    }
    strcpy(o->name, name);
    o->n = 0;
    return o;
}
void held_free_good(struct held *o)
{
    if (o == NULL)
        return;
    free(o->name);
    free(o);
}
void lost_list_bad(void)
{
    struct node { struct node *next; } *a, *b;
    a = malloc(sizeof *a);
    if (!a)
        return;
    b = malloc(sizeof *b); //~ ERROR FH0801
    a->next = b;
    if (b)
        b->next = NULL;
    free(a);
}
void resized_bad(size_t n)
{
    char *p = malloc(n); //~ WARN FH0801
    if (!p)
        return;
    p = realloc(p, n * 2); //~ HAZARD FH0806
    free(p);
}
void strdup_bad(const char *s)
{
    char *t = strdup(s); //~ ERROR FH0801
    if (t)
        puts(t);
}
void strdup_good(const char *s)
{
    char *t = strdup(s);
    if (t)
        puts(t);
    free(t);
}
void file_bad(const char *name)
{
    FILE *f = fopen(name, "r"); //~ WARN FH0805
    if (!f)
        return;
    printf("%d\n", fgetc(f));
}
void file_good(const char *name)
{
    FILE *f = fopen(name, "r");
    if (!f)
        return;
    printf("%d\n", fgetc(f));
    fclose(f);
}
int file_path_bad(const char *name)
{
    int c;
    FILE *f = fopen(name, "r"); //~ WARN FH0805
    if (!f)
        return -1;
    c = fgetc(f);
    if (c == EOF)
        return -2;
    fclose(f);
    return c;
}
void file_twice_bad(const char *name)
{
    FILE *f = fopen(name, "r");
    if (!f)
        return;
    fclose(f);
    fclose(f); //~ ERROR FH0202
}
void file_after_bad(const char *name)
{
    FILE *f = fopen(name, "r");
    if (!f)
        return;
    fclose(f);
    printf("%d\n", fgetc(f)); //~ ERROR FH0201
}
