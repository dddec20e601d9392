// exit: 1
// Values and pointers: each fault, and its mended twin.
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* null */
void null_bad(void)
{
    int *p = NULL;
    *p = 1; //~ ERROR FH0501
}
void null_good(void)
{
    int x, *p = NULL;
    p = &x;
    *p = 1;
}
static int *find(int *a, int n, int key)
{
    int i;
    for (i = 0; i < n; i++)
        if (a[i] == key)
            return &a[i];
    return NULL;
}
int find_bad(int key)
{
    int a[3] = {1, 2, 3};
    return *find(a, 3, key);
}
int find_good(int key)
{
    int a[3] = {1, 2, 3};
    int *p = find(a, 3, key);
    return p ? *p : -1;
}
static char *maybe(int x)
{
    if (x == 0)
        return NULL;
    return "text";
}
void function_bad(int x)
{
    char *p = maybe(x);
    printf("%c\n", *p); //~ WARN FH0501
}
void function_good(int x)
{
    char *p = maybe(x);
    if (p != NULL)
        printf("%c\n", *p);
}
void function_zero_bad(void)
{
    char *p = maybe(0);
    printf("%c\n", p[1]); //~ ERROR FH0501
}
void after_check_bad(int *p)
{
    if (p == NULL)
        puts("none");
    *p = 1; //~ WARN FH0501
}
void after_check_good(int *p)
{
    if (p == NULL) {
        puts("none");
        return;
    }
    *p = 1;
}
void late_check_bad(void)
{
    int *p = malloc(4);
    *p = 1; //~ WARN FH0501 //~ HAZARD FH0507
    if (p == NULL)
        return;
    free(p);
}
void wrong_operator_bad(char *s)
{
    if (s != NULL || strlen(s) > 0) //~ ERROR FH0501
        puts("x");
}
void wrong_operator_good(char *s)
{
    if (s != NULL && strlen(s) > 0)
        puts("x");
}
struct item {
    int *data;
    struct item *next;
};
void member_null_bad(void)
{
    struct item it = {NULL, NULL};
    *it.data = 3; //~ ERROR FH0501
}
void chain_bad(void)
{
    struct item it = {NULL, NULL};
    printf("%p\n", (void *)it.next->next); //~ ERROR FH0501
}
void branch_null_bad(int flag)
{
    int x = 0, *p = NULL;
    if (flag)
        p = &x;
    *p = 1; //~ WARN FH0501
}
void branch_null_good(int flag)
{
    int x = 0, *p = NULL;
    if (flag)
        p = &x;
    if (flag)
        *p = 1;
}
void string_null_bad(void)
{
    char *s = NULL;
    printf("%zu\n", strlen(s)); //~ ERROR FH0501
}
void getenv_bad(void)
{
    char *home = getenv("HOME");
    printf("%zu\n", strlen(home));
}
void getenv_good(void)
{
    char *home = getenv("HOME");
    if (home)
        printf("%zu\n", strlen(home));
}
void strchr_bad(const char *s)
{
    char *at = strchr(s, ':');
    *at = '\0';
}
void strchr_good(const char *s)
{
    char *at = strchr(s, ':');
    if (at)
        *at = '\0';
}
void fopen_bad(void)
{
    FILE *f = fopen("x", "r");
    fgetc(f); //~ HAZARD FH0507
    fclose(f);
}
/* uninitialised */
void unset_bad(void)
{
    int x;
    printf("%d\n", x); //~ ERROR FH0401
}
void unset_good(void)
{
    int x = 0;
    printf("%d\n", x);
}
int switch_bad(int k)
{
    int r;
    switch (k) {
    case 1:
        r = 1;
        break;
    case 2:
        r = 2;
        break;
    }
    return r; //~ WARN FH0401
}
int switch_good(int k)
{
    int r;
    switch (k) {
    case 1:
        r = 1;
        break;
    default:
        r = 2;
        break;
    }
    return r;
}
struct point {
    int x;
    int y;
};
int struct_bad(void)
{
    struct point p;
    p.x = 1;
    return p.x + p.y; //~ ERROR FH0401
}
int struct_good(void)
{
    struct point p;
    p.x = 1;
    p.y = 2;
    return p.x + p.y;
}
int element_bad(void)
{
    int a[3];
    a[0] = 1;
    a[1] = 2;
    return a[2]; //~ ERROR FH0401
}
int partly_bad(void)
{
    int a[4], i, sum = 0;
    for (i = 0; i < 3; i++)
        a[i] = i;
    for (i = 0; i < 4; i++)
        sum += a[i]; //~ ERROR FH0401
    return sum;
}
int partly_good(void)
{
    int a[4], i, sum = 0;
    for (i = 0; i < 4; i++)
        a[i] = i;
    for (i = 0; i < 4; i++)
        sum += a[i];
    return sum;
}
int heap_unset_bad(void)
{
    int r, *p = malloc(sizeof *p);
    if (!p)
        return 0;
    r = *p + 1; //~ ERROR FH0401
    free(p);
    return r;
}
int heap_unset_good(void)
{
    int r, *p = calloc(1, sizeof *p);
    if (!p)
        return 0;
    r = *p + 1;
    free(p);
    return r;
}
static void set(int *p, int ok)
{
    if (ok)
        *p = 1;
}
int through_bad(void)
{
    int x;
    set(&x, 0);
    return x; //~ ERROR FH0401
}
int through_good(void)
{
    int x;
    set(&x, 1);
    return x;
}
static int twice(const int *p)
{
    return *p * 2;
}
int passed_bad(void)
{
    int x;
    return twice(&x); //~ ERROR FH0401
}
void pointer_unset_bad(void)
{
    int *p;
    *p = 1; //~ ERROR FH0401
}
int loop_unset_bad(int n)
{
    int i, last;
    for (i = 0; i < n; i++)
        last = i;
    return last; //~ WARN FH0401
}
int condition_bad(void)
{
    int x;
    if (x > 3) //~ ERROR FH0401
        return 1;
    return 0;
}
void string_unset_bad(void)
{
    char a[8];
    strcat(a, "x"); //~ ERROR FH0401
    puts(a);
}
void double_pointer_bad(void)
{
    int **pp = malloc(sizeof *pp);
    if (!pp)
        return;
    **pp = 1; //~ ERROR FH0401
    free(pp);
}
int scanf_unset_bad(void)
{
    int n;
    scanf("%d", &n);
    return n + 1;
}
/* locals that are gone */
int *local_bad(void)
{
    int x = 1;
    return &x; //~ WARN FH0205
}
char *array_bad(void)
{
    char text[8] = "abc";
    return text; //~ WARN FH0205
}
char *array_good(void)
{
    static char text[8] = "abc";
    return text;
}
int use_local_bad(void)
{
    return *local_bad(); //~ ERROR FH0203
}
static int *saved;
void save_bad(void)
{
    int x = 1;
    saved = &x;
} //~ WARN FH0205
int scope_bad(void)
{
    int *p;
    {
        int x = 1;
        p = &x;
    }
    return *p; //~ ERROR FH0204
}
int scope_good(void)
{
    int x = 1, *p;
    {
        p = &x;
    }
    return *p;
}
static void out(int **where)
{
    int x = 2;
    *where = &x;
}
int out_bad(void)
{
    int *p;
    out(&p);
    return *p; //~ ERROR FH0203
}
/* function pointers */
static int add(int a, int b)
{
    return a + b;
}
static double half(double x)
{
    return x / 2;
}
int wrong_type_bad(void)
{
    int (*f)(int) = (int (*)(int))add;
    return f(1); //~ ERROR FH0504
}
int wrong_type_good(void)
{
    int (*f)(int, int) = add;
    return f(1, 2);
}
int wrong_result_bad(void)
{
    int (*f)(int) = (int (*)(int))half;
    return f(1); //~ ERROR FH0504
}
void null_call_bad(void)
{
    void (*f)(void) = NULL;
    f(); //~ ERROR FH0505
}
int table_bad(int i)
{
    static int (*const table[])(int, int) = {add, NULL};
    return table[1](i, 1); //~ ERROR FH0505
}
/* sizes */
void pointer_size_bad(void)
{
    double *p = malloc(sizeof(p)); //~ HAZARD FH0607
    if (p)
        *p = 1;
    free(p);
}
struct big {
    int a[10];
};
void struct_size_bad(void)
{
    struct big *b = malloc(sizeof(b)); //~ HAZARD FH0607
    if (!b)
        return;
    b->a[9] = 1; //~ ERROR FH0101
    free(b);
}
void count_bad(int n)
{
    int *a = malloc(n);
    free(a);
}
void parameter_size_bad(int a[10])
{
    memset(a, 0, sizeof(a));
}
void memset_size_bad(void)
{
    struct big *b = malloc(sizeof *b);
    if (!b)
        return;
    memset(b, 0, sizeof(b));
    printf("%d\n", b->a[5]); //~ ERROR FH0401
    free(b);
}
void negative_bad(void)
{
    int n = -5;
    char *p = malloc(n); //~ ERROR FH0602
    free(p);
}
void negative_copy_bad(char *to, const char *from)
{
    int n = -1;
    memcpy(to, from, n); //~ ERROR FH0602
}
void input_size_bad(void)
{
    int n;
    char *p;
    if (scanf("%d", &n) != 1)
        return;
    p = malloc(n * 1000); //~ WARN FH0602
    free(p);
}
void wrapped_bad(void)
{
    unsigned n = 0x40000001u;
    int *p = malloc(n * sizeof(int));
    unsigned m = n * 4;
    int *q = malloc(m);
    if (p && q)
        q[n - 1] = 1; //~ ERROR FH0101
    free(p);
    free(q);
}
int shift_bad(int x)
{
    return x << 32; //~ WARN FH1306
}
/* variable arguments */
static int sum(int n, ...)
{
    va_list list;
    int i, total = 0;
    va_start(list, n);
    for (i = 0; i < n; i++)
        total += va_arg(list, int);
    va_end(list);
    return total;
}
int sum_bad(void)
{
    return sum(3, 1, 2);
}
int sum_good(void)
{
    return sum(3, 1, 2, 3);
}
/* setjmp */
static jmp_buf where;
int jump_good(void)
{
    if (setjmp(where))
        return 1;
    longjmp(where, 1);
}
void jump_leak_bad(void)
{
    char *p;
    if (setjmp(where))
        return;
    p = malloc(8);
    if (p)
        p[0] = 1;
    longjmp(where, 1);
}
/* recursion without an end */
int deep_bad(int n)
{
    return deep_bad(n + 1) + 1;
}
int deep_good(int n)
{
    return n <= 0 ? 0 : deep_good(n - 1) + 1;
}
/* read only */
void literal_bad(void)
{
    char *s = "text";
    s[0] = 'T'; //~ ERROR FH0506
}
/* overlapping */
void overlap_bad(void)
{
    char a[16] = "abcdefgh";
    memcpy(a + 2, a, 6); //~ ERROR FH0601
    puts(a);
}
void overlap_good(void)
{
    char a[16] = "abcdefgh";
    memmove(a + 2, a, 6);
    puts(a);
}
/* format */
void format_bad(void)
{
    printf("%s\n", 5); //~ ERROR FH0501
}
/* pointers to different objects */
long apart_bad(void)
{
    int a[4], b[4];
    return &a[1] - &b[1]; //~ HAZARD FH0508
}
int divide_bad(void)
{
    int z = 0;
    return 5 / z; //~ ERROR FH0703
}
