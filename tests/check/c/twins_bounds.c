// exit: 1
// Out of bounds: each fault, and its mended twin.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int choose(void);

/* constant index */
void constant_bad(void)
{
    int table[5];
    table[5] = 1; //~ ERROR FH0102
    printf("%d\n", table[0] = 2);
}
void constant_good(void)
{
    int table[5];
    table[4] = 1;
    printf("%d\n", table[4]);
}

/* heap, constant */
void heap_bad(void)
{
    int *p = malloc(5 * sizeof(int));
    if (!p)
        return;
    *(p + 5) = 1; //~ ERROR FH0101
    free(p);
}
void heap_good(void)
{
    int *p = malloc(5 * sizeof(int));
    if (!p)
        return;
    *(p + 4) = 1;
    free(p);
}

/* loop to the count, inclusive */
void loop_bad(void)
{
    int table[8], i;
    for (i = 0; i <= 8; i++)
        table[i] = i; //~ ERROR FH0102
    printf("%d\n", table[0]);
}
void loop_good(void)
{
    int table[8], i;
    for (i = 0; i < 8; i++)
        table[i] = i;
    printf("%d\n", table[0]);
}

/* loop over a symbolic count, inclusive */
long symbolic_loop_bad(int n)
{
    long *a, sum = 0;
    int i;
    if (n <= 0)
        return 0;
    a = malloc(n * sizeof *a);
    if (a == NULL)
        return -1;
    for (i = 0; i <= n; i++)
        a[i] = i; //~ WARN FH0101
    for (i = 0; i < n; i++)
        sum += a[i];
    free(a);
    return sum;
}
long symbolic_loop_good(int n)
{
    long *a, sum = 0;
    int i;
    if (n <= 0)
        return 0;
    a = malloc(n * sizeof *a);
    if (a == NULL)
        return -1;
    for (i = 0; i < n; i++)
        a[i] = i;
    for (i = 0; i < n; i++)
        sum += a[i];
    free(a);
    return sum;
}

/* terminator of a string at the count itself */
char *copy_bad(const char *text)
{
    size_t length = strlen(text);
    char *made = malloc(length);
    if (made == NULL)
        return NULL;
    strcpy(made, text); //~ ERROR FH0101
    return made;
}
char *copy_good(const char *text)
{
    size_t length = strlen(text);
    char *made = malloc(length + 1);
    if (made == NULL)
        return NULL;
    strcpy(made, text);
    return made;
}
char *ended_bad(const char *text, size_t n)
{
    char *made = malloc(n);
    if (made == NULL)
        return NULL;
    memcpy(made, text, n);
    made[n] = '\0'; //~ ERROR FH0101
    return made;
}
char *ended_good(const char *text, size_t n)
{
    char *made = malloc(n + 1);
    if (made == NULL)
        return NULL;
    memcpy(made, text, n);
    made[n] = '\0';
    return made;
}

/* below the start */
void under_bad(void)
{
    char buffer[10] = "abc";
    int i = 0;
    buffer[i - 1] = 'x'; //~ ERROR FH0105
    puts(buffer);
}
void under_good(void)
{
    char buffer[10] = "abc";
    int i = 1;
    buffer[i - 1] = 'x';
    puts(buffer);
}
void countdown_bad(void)
{
    int a[4] = {1, 2, 3, 4}, i, sum = 0;
    for (i = 3; i >= -1; i--)
        sum += a[i]; //~ ERROR FH0109
    printf("%d\n", sum);
}
void countdown_good(void)
{
    int a[4] = {1, 2, 3, 4}, i, sum = 0;
    for (i = 3; i >= 0; i--)
        sum += a[i];
    printf("%d\n", sum);
}

/* by a pointer that walks */
void walk_bad(void)
{
    int a[6], *p, i;
    p = a;
    for (i = 0; i < 6; i++)
        *p++ = i;
    *p = 1; //~ ERROR FH0102
    printf("%d\n", a[0]);
}
void walk_good(void)
{
    int a[6], *p, i;
    p = a;
    for (i = 0; i < 6; i++)
        *p++ = i;
    p--;
    *p = 1;
    printf("%d\n", a[0]);
}
void pointer_under_bad(void)
{
    int *p = malloc(10 * sizeof *p), *q;
    if (!p)
        return;
    q = p + 2;
    q -= 3;
    *q = 1; //~ ERROR FH0105
    free(p);
}
void pointer_under_good(void)
{
    int *p = malloc(10 * sizeof *p), *q;
    if (!p)
        return;
    q = p + 3;
    q -= 3;
    *q = 1;
    free(p);
}

/* two dimensions */
static int grid[3][4];
void grid_bad(void)
{
    int i, j;
    for (i = 0; i < 3; i++)
        for (j = 0; j <= 4; j++)
            grid[i][j] = i * j; //~ ERROR FH0103 //~ ERROR FH0104
}
void grid_good(void)
{
    int i, j;
    for (i = 0; i < 3; i++)
        for (j = 0; j < 4; j++)
            grid[i][j] = i * j;
}
void rows_bad(void)
{
    int **rows = malloc(5 * sizeof *rows), i, j;
    if (!rows)
        return;
    for (i = 0; i < 5; i++) {
        rows[i] = malloc(5 * sizeof **rows);
        if (!rows[i])
            exit(1);
    }
    for (i = 0; i < 5; i++)
        for (j = 0; j < 6; j++)
            rows[i][j] = i; //~ ERROR FH0101
    for (i = 0; i < 5; i++)
        free(rows[i]);
    free(rows);
}
void rows_good(void)
{
    int **rows = malloc(5 * sizeof *rows), i, j;
    if (!rows)
        return;
    for (i = 0; i < 5; i++) {
        rows[i] = malloc(5 * sizeof **rows);
        if (!rows[i])
            exit(1);
    }
    for (i = 0; i < 5; i++)
        for (j = 0; j < 5; j++)
            rows[i][j] = i;
    for (i = 0; i < 5; i++)
        free(rows[i]);
    free(rows);
}

/* string functions */
void strcpy_bad(void)
{
    char to[5];
    strcpy(to, "hello"); //~ ERROR FH0102
    puts(to);
}
void strcpy_good(void)
{
    char to[6];
    strcpy(to, "hello");
    puts(to);
}
void strcat_bad(void)
{
    char to[8] = "abcd";
    strcat(to, "efgh"); //~ ERROR FH0102
    puts(to);
}
void strcat_good(void)
{
    char to[9] = "abcd";
    strcat(to, "efgh");
    puts(to);
}
void sprintf_bad(void)
{
    char to[4];
    sprintf(to, "%d", 12345); //~ ERROR FH0102
    puts(to);
}
void sprintf_good(void)
{
    char to[6];
    sprintf(to, "%d", 12345);
    puts(to);
}
void memset_bad(void)
{
    int a[4];
    memset(a, 0, 5 * sizeof *a); //~ ERROR FH0102
    printf("%d\n", a[0]);
}
void memset_good(void)
{
    int a[4];
    memset(a, 0, 4 * sizeof *a);
    printf("%d\n", a[0]);
}
void memcpy_bad(void)
{
    char from[4] = "abc", to[8];
    memcpy(to, from, 8); //~ ERROR FH0107
    puts(to);
}
void memcpy_good(void)
{
    char from[8] = "abc", to[8];
    memcpy(to, from, 8);
    puts(to);
}
void strncpy_bad(void)
{
    char to[4];
    strncpy(to, "abcdefgh", 8); //~ ERROR FH0102
    printf("%c\n", to[0]);
}
void unterminated_bad(void)
{
    char to[4];
    strncpy(to, "abcdefgh", sizeof to);
    printf("%zu\n", strlen(to)); //~ ERROR FH0107
}
void unterminated_good(void)
{
    char to[4];
    strncpy(to, "abcdefgh", sizeof to - 1);
    to[3] = '\0';
    printf("%zu\n", strlen(to));
}

/* in a callee */
static void put(int *a, int i, int value)
{
    a[i] = value;
}
void callee_bad(void)
{
    int a[3];
    put(a, 3, 1); //~ ERROR FH0102
}
void callee_good(void)
{
    int a[3];
    put(a, 2, 1);
}

/* the index is what a function gives */
static int last(int n)
{
    return n;
}
void result_bad(void)
{
    char a[10];
    a[last(10)] = 0; //~ ERROR FH0102
    a[0] = 0;
}
void result_good(void)
{
    char a[10];
    a[last(10) - 1] = 0;
    a[0] = 0;
}

/* member of a struct */
struct packet {
    char name[8];
    int size;
};
void member_bad(struct packet *p)
{
    int i;
    for (i = 0; i < 9; i++)
        p->name[i] = 'x'; //~ ERROR FH0104
    p->size = 8;
}
void member_good(struct packet *p)
{
    int i;
    for (i = 0; i < 8; i++)
        p->name[i] = 'x';
    p->size = 8;
}
void copy_member_bad(void)
{
    struct packet p;
    p.size = 1;
    strcpy(p.name, "a long name"); //~ ERROR FH0104
    printf("%d\n", p.size);
}

/* an index into an array of structs, an index out of another array */
static const int order[4] = {3, 2, 1, 4};
void indirect_bad(void)
{
    int a[4] = {0};
    a[order[3]] = 7; //~ ERROR FH0102
}
void indirect_good(void)
{
    int a[5] = {0};
    a[order[3]] = 7;
}

/* a computed index */
void computed_bad(void)
{
    int a[5], i = 2;
    a[i * 2 + 1] = 1; //~ ERROR FH0102
    a[0] = 1;
}
void computed_good(void)
{
    int a[5], i = 2;
    a[i * 2] = 1;
    a[0] = 1;
}
int tested_bad(int i)
{
    static int a[10];
    if (i < 0 || i > 10)
        return -1;
    return a[i]; //~ WARN FH0108
}
int tested_good(int i)
{
    static int a[10];
    if (i < 0 || i >= 10)
        return -1;
    return a[i];
}
int late_test_bad(int i)
{
    static int a[10];
    int v = a[i];
    if (i >= 10) //  it is used before it is looked at
        return -1;
    return v;
}
/* while to the end of a text that has none */
void while_bad(void)
{
    char a[3] = {'a', 'b', 'c'};
    int n = 0;
    while (a[n] != '\0') //~ ERROR FH0107
        n++;
    printf("%d\n", n);
}
void while_good(void)
{
    char a[4] = {'a', 'b', 'c'};
    int n = 0;
    while (a[n] != '\0')
        n++;
    printf("%d\n", n);
}
/* a smaller block through realloc */
void shrunk_bad(void)
{
    char *p = malloc(20), *q;
    if (!p)
        return;
    q = realloc(p, 10);
    if (!q) {
        free(p);
        return;
    }
    q[15] = 1; //~ ERROR FH0101
    free(q);
}
void shrunk_good(void)
{
    char *p = malloc(20), *q;
    if (!p)
        return;
    q = realloc(p, 30);
    if (!q) {
        free(p);
        return;
    }
    q[25] = 1;
    free(q);
}
/* the wrong type for a block */
void cast_bad(void)
{
    char *p = malloc(4);
    long *q;
    if (!p)
        return;
    q = (long *)p;
    *q = 1; //~ ERROR FH0101
    free(p);
}
void cast_good(void)
{
    char *p = malloc(sizeof(long));
    long *q;
    if (!p)
        return;
    q = (long *)p;
    *q = 1;
    free(p);
}
/* global through a function pointer */
static int store[2];
static void at(int i)
{
    store[i] = 1;
}
void pointer_bad(void)
{
    void (*f)(int) = at;
    f(2); //~ ERROR FH0103
}
void pointer_good(void)
{
    void (*f)(int) = at;
    f(1);
}
void random_bad(void)
{
    int a[10] = {0};
    int i = rand() % 11;
    printf("%d\n", a[i]); //~ WARN FH0107
}
void random_good(void)
{
    int a[10] = {0};
    int i = rand() % 10;
    printf("%d\n", a[i]);
}
void input_bad(void)
{
    char line[16], to[8];
    if (fgets(line, sizeof line, stdin) == NULL)
        return;
    strcpy(to, line); //~ WARN FH0102
    puts(to);
}
void input_good(void)
{
    char line[16], to[16];
    if (fgets(line, sizeof line, stdin) == NULL)
        return;
    strcpy(to, line);
    puts(to);
}
void fgets_bad(void)
{
    char line[16];
    if (fgets(line, 32, stdin) != NULL) //~ WARN FH0102
        puts(line);
}
void scanf_bad(void)
{
    char word[8];
    if (scanf("%15s", word) == 1) //~ WARN FH0102
        puts(word);
}
void scanf_good(void)
{
    char word[8];
    if (scanf("%7s", word) == 1)
        puts(word);
}
void snprintf_bad(const char *name)
{
    char to[8];
    snprintf(to, 16, "%s and more", name); //~ ERROR FH0102
    puts(to);
}
void snprintf_good(const char *name)
{
    char to[8];
    snprintf(to, sizeof to, "%s and more", name);
    puts(to);
}
long inclusive_bad(int n)
{
    long *a, sum = 0;
    int i;
    if (n <= 0)
        return 0;
    a = malloc(n * sizeof *a);
    if (a == NULL)
        return -1;
    for (i = 0; i <= n; i++)
        a[i] = i; //~ WARN FH0101
    for (i = 0; i < n; i++)
        sum += a[i];
    free(a);
    return sum;
}
long unsigned_bad(size_t n)
{
    long *a, sum = 0;
    size_t i;
    a = malloc(n * sizeof *a);
    if (a == NULL)
        return -1;
    for (i = 0; i <= n; i++)
        a[i] = i; //~ WARN FH0101
    free(a);
    return sum;
}
char *calloc_bad(size_t n)
{
    char *a = calloc(n, 1);
    size_t i;
    if (a == NULL)
        return NULL;
    for (i = 0; i <= n; ++i)
        a[i] = 'x'; //~ WARN FH0101
    return a;
}
char *calloc_good(size_t n)
{
    char *a = calloc(n + 1, 1);
    size_t i;
    if (a == NULL)
        return NULL;
    for (i = 0; i <= n; ++i)
        a[i] = 'x';
    return a;
}
void down_bad(int n)
{
    int *a = malloc(n * sizeof *a), i;
    if (!a) return;
    for (i = n; i >= 0; i--)
        a[i] = i; //~ ERROR FH0101
    free(a);
}
void down_good(int n)
{
    int *a = malloc(n * sizeof *a), i;
    if (!a) return;
    for (i = n - 1; i >= 0; i--)
        a[i] = i;
    free(a);
}
void fill(int *a, int n)
{
    int i;
    for (i = 0; i <= n; i++)
        a[i] = i;
}
void fill_bad(void)
{
    int a[10];
    fill(a, 10); //~ WARN FH0102
}
void fill_good(void)
{
    int a[10];
    fill(a, 9);
}
void fill_heap_bad(int n)
{
    int *a = malloc(n * sizeof *a);
    if (!a) return;
    fill(a, n); //~ WARN FH0101
    free(a);
}
void inclusive_while_bad(int n)
{
    int *a = malloc(n * sizeof *a), i = 0;
    if (!a) return;
    while (i <= n) {
        a[i] = 0; //~ WARN FH0101
        i++;
    }
    free(a);
}
void stops_early_good(int n)
{
    int *a = malloc(n * sizeof *a), i = 0;
    if (!a) return;
    for (i = 0; i <= n; i++) {
        if (i == n) break;
        a[i] = 0;
    }
    free(a);
}
