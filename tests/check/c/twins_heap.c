// exit: 1
// Releases and uses after them: each fault, and its mended twin.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* double free */
void double_bad(void)
{
    char *p = malloc(8);
    free(p);
    free(p); //~ ERROR FH0202
}
void double_good(void)
{
    char *p = malloc(8);
    free(p);
    p = NULL;
    free(p);
}
void branch_bad(int flag)
{
    char *p = malloc(8);
    if (flag > 0)
        free(p);
    free(p); //~ WARN FH0202
}
void branch_good(int flag)
{
    char *p = malloc(8);
    if (flag > 0)
        free(p);
    else
        free(p);
}
void loop_bad(void)
{
    int i;
    char *p = malloc(8);
    for (i = 0; i < 2; i++)
        free(p); //~ ERROR FH0202
}
void loop_good(void)
{
    int i;
    for (i = 0; i < 2; i++) {
        char *p = malloc(8);
        free(p);
    }
}
static void drop(void *p)
{
    free(p);
}
void callee_bad(void)
{
    char *p = malloc(8);
    drop(p);
    free(p); //~ ERROR FH0202
}
void callee_good(void)
{
    char *p = malloc(8);
    drop(p);
}
void alias_bad(void)
{
    char *p = malloc(8), *q = p;
    free(q);
    free(p); //~ ERROR FH0202
}
struct box {
    char *text;
    int size;
};
void member_bad(void)
{
    struct box b;
    b.text = malloc(8);
    free(b.text);
    free(b.text); //~ ERROR FH0202
}
void member_good(void)
{
    struct box b;
    b.text = malloc(8);
    free(b.text);
    b.text = NULL;
    free(b.text);
}
void element_bad(void)
{
    char *a[3];
    int i;
    for (i = 0; i < 3; i++)
        a[i] = malloc(4);
    for (i = 0; i < 3; i++)
        free(a[i]);
    free(a[1]); //~ ERROR FH0202
}
void element_good(void)
{
    char *a[3];
    int i;
    for (i = 0; i < 3; i++)
        a[i] = malloc(4);
    for (i = 0; i < 3; i++)
        free(a[i]);
}
static char *kept;
static void keep_init(void)
{
    kept = malloc(10);
}
static void keep_done(void)
{
    free(kept);
}
void global_bad(void)
{
    keep_init();
    keep_done();
    keep_done(); //~ ERROR FH0202
    kept = NULL;
}
void global_good(void)
{
    keep_init();
    keep_done();
    kept = NULL;
}
void while_bad(void)
{
    char *p = malloc(8);
    int n = 3;
    while (n > 0) {
        if (n < 3)
            free(p); //~ ERROR FH0202
        n--;
    }
}
void realloc_bad(void)
{
    char *p = malloc(8), *q;
    if (!p)
        return;
    q = realloc(p, 16);
    if (!q) {
        free(p);
        return;
    }
    free(p); //~ ERROR FH0202
    free(q);
}
/* use after free */
void use_bad(void)
{
    int *p = malloc(sizeof *p);
    if (!p)
        return;
    *p = 1;
    free(p);
    printf("%d\n", *p); //~ ERROR FH0201
}
void use_good(void)
{
    int *p = malloc(sizeof *p);
    if (!p)
        return;
    *p = 1;
    printf("%d\n", *p);
    free(p);
}
void passed_bad(void)
{
    char *p = malloc(8);
    if (!p)
        return;
    strcpy(p, "abc");
    free(p);
    puts(p); //~ ERROR FH0201
}
void use_branch_bad(int flag)
{
    int *p = calloc(4, sizeof *p);
    if (!p)
        return;
    if (flag)
        free(p);
    p[0] = 1; //~ WARN FH0201
    if (!flag)
        free(p);
}
void use_branch_good(int flag)
{
    int *p = calloc(4, sizeof *p);
    if (!p)
        return;
    if (!flag)
        p[0] = 1;
    free(p);
}
static int *gone(void)
{
    int *p = malloc(sizeof *p);
    if (!p)
        exit(1);
    *p = 1;
    free(p);
    return p;
}
void returned_bad(void)
{
    printf("%d\n", *gone()); //~ ERROR FH0201
}
struct node {
    struct node *next;
    int value;
};
void list_bad(struct node *head)
{
    struct node *n;
    for (n = head; n != NULL; n = n->next) //~ ERROR FH0201
        free(n);
}
void list_good(struct node *head)
{
    struct node *n, *next;
    for (n = head; n != NULL; n = next) {
        next = n->next;
        free(n);
    }
}
void member_after_bad(void)
{
    struct box *b = malloc(sizeof *b);
    if (!b)
        return;
    b->text = malloc(4);
    free(b);
    free(b->text); //~ ERROR FH0201
}
void member_after_good(void)
{
    struct box *b = malloc(sizeof *b);
    if (!b)
        return;
    b->text = malloc(4);
    free(b->text);
    free(b);
}
/* free of what is no heap block */
void local_bad(void)
{
    int a[4];
    int *p = a;
    free(p); //~ ERROR FH0302
}
static int table[4];
void static_bad(void)
{
    free(table); //~ ERROR FH0302
}
void literal_bad(void)
{
    char *p = "text";
    free(p); //~ ERROR FH0302
}
void function_bad(void)
{
    free((void *)local_bad); //~ ERROR FH0302
}
void maybe_bad(int flag)
{
    char small[16], *p = small;
    if (flag > 16)
        p = malloc(flag);
    if (p == NULL)
        return;
    p[0] = 0;
    free(p); //~ WARN FH0302
}
void maybe_good(int flag)
{
    char small[16], *p = small;
    if (flag > 16)
        p = malloc(flag);
    if (p == NULL)
        return;
    p[0] = 0;
    if (p != small)
        free(p);
}
void interior_bad(void)
{
    char *p = malloc(10);
    if (!p)
        return;
    p++;
    free(p); //~ ERROR FH0301
}
void interior_good(void)
{
    char *p = malloc(10);
    if (!p)
        return;
    p++;
    p--;
    free(p);
}
void member_interior_bad(void)
{
    struct box *b = malloc(sizeof *b);
    if (!b)
        return;
    free(&b->size); //~ ERROR FH0301
}
void walked_bad(const char *from)
{
    char *p = malloc(32), *q = p;
    if (!p)
        return;
    while (*from && q < p + 31)
        *q++ = *from++;
    *q = 0;
    puts(p);
    free(q); //~ WARN FH0301
}
void alloc_mismatch_bad(void)
{
    FILE *f = fopen("x", "r");
    if (!f)
        return;
    free(f); //~ ERROR FH0303
}
