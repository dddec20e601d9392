// exit: 1
// Levels: an error comes on every path to its line, a warning on some.
#include <stdio.h>
#include <stdlib.h>

static const int five = 5;
static int also_five = 5; /* never written */

void always(void)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return;
    *p = 1;
    free(p);
    *p = 2; //~ ERROR FH0201
}

void sometimes(int again)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return;
    *p = 1;
    if (again)
        free(p);
    free(p); //~ WARN FH0202
}

void never(int again)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return;
    *p = 1;
    if (again)
        free(p);
    if (five == 5 && also_five == 5 && !again)
        free(p);
}

void forgets(int early)
{
    char *text = malloc(16); //~ WARN FH0801
    if (text == NULL)
        return;
    if (early)
        return;
    free(text);
}

int unset(int known)
{
    int value;
    if (known)
        value = 1;
    return value + 1; //~ WARN FH0401
}

int null(int *p)
{
    if (p == NULL)
        puts("none");
    return *p; //~ WARN FH0501
}

static int null_by_tag(int *p, int tag)
{
    if (p == NULL)
        puts("none");
    return tag == 2 ? *p : 0; /* tag 2 may always come with a pointer */
}

int with_tag(int *p)
{
    return null_by_tag(p, 2) + null_by_tag(NULL, 1);
}

struct frame {
    long base, extra;
};

static long slot(const struct frame *f, long n, long *at)
{
    if (n - f->base < 0)
        *at = f->extra; /* no one asks for these without `at` */
    return n - f->base;
}

long with_a_slot(const struct frame *f, long n)
{
    return slot(f, n, NULL);
}

int with_the_wrong_tag(void)
{
    return null_by_tag(NULL, 2); //~ ERROR FH0501
}

void unchecked(void)
{
    int *p = malloc(sizeof *p);
    *p = 1; //~ HAZARD FH0507
    free(p);
}

int local(void)
{
    int four[4] = {0};
    four[4] = 1; //~ ERROR FH0102
    return four[0];
}

int of_a_file_or_the_keyboard(const char *name)
{
    FILE *in = name != NULL ? fopen(name, "r") : stdin;
    if (in == NULL)
        return -1;
    int first = fgetc(in);
    if (in != stdin)
        fclose(in);
    return first;
}

int of_a_file_only(const char *name)
{
    FILE *in = stdin;
    if (name != NULL)
        in = fopen(name, "r"); //~ ERROR FH0805
    if (in == NULL)
        return -1;
    int first = fgetc(in);
    if (in == stdin)
        fclose(in);
    return first;
}

struct part {
    int value;
    struct part *next;
};

static struct part *chain(int n)
{
    struct part *head = NULL;
    for (int i = 0; i < n; i++) {
        struct part *one = malloc(sizeof *one);
        if (one == NULL)
            break;
        one->value = i;
        one->next = head;
        head = one;
    }
    return head;
}

void whole_chain(int n)
{
    struct part *all = chain(n);
    while (all != NULL) {
        struct part *next = all->next;
        free(all);
        all = next;
    }
}

void first_of_a_chain(int n)
{
    struct part *all = chain(n); //~ WARN FH0801
    free(all);
}
