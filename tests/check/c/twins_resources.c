// exit: 1
// Resources, cleanup, strings: each fault, and its mended twin.
#include <alloca.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* descriptors */
int fd_leak_bad(const char *name)
{
    int fd = open(name, O_RDONLY); //~ WARN FH0805
    char c;
    if (fd < 0)
        return -1;
    if (read(fd, &c, 1) != 1)
        return -2;
    close(fd);
    return c;
}
int fd_leak_good(const char *name)
{
    int fd = open(name, O_RDONLY);
    char c = 0;
    int got;
    if (fd < 0)
        return -1;
    got = read(fd, &c, 1);
    close(fd);
    return got == 1 ? c : -2;
}
void fd_twice_bad(const char *name)
{
    int fd = open(name, O_RDONLY);
    if (fd == -1)
        return;
    close(fd);
    close(fd); //~ WARN FH0202
}
int fd_after_bad(const char *name)
{
    char c = 0;
    int fd = open(name, O_RDONLY);
    if (fd == -1)
        return 0;
    close(fd);
    return read(fd, &c, 1); //~ WARN FH0201
}
/* directories */
int dir_bad(const char *name)
{
    DIR *d = opendir(name); //~ ERROR FH0805
    if (!d)
        return -1;
    return readdir(d) != NULL;
}
int dir_good(const char *name)
{
    int some;
    DIR *d = opendir(name);
    if (!d)
        return -1;
    some = readdir(d) != NULL;
    closedir(d);
    return some;
}
/* popen, tmpfile */
int popen_bad(void)
{
    FILE *p = popen("ls", "r"); //~ ERROR FH0805
    if (!p)
        return -1;
    return fgetc(p);
}
int popen_good(void)
{
    int c;
    FILE *p = popen("ls", "r");
    if (!p)
        return -1;
    c = fgetc(p);
    pclose(p);
    return c;
}
/* mmap */
int map_bad(void)
{
    char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return -1;
    p[0] = 1;
    munmap(p, 4096);
    return p[0]; //~ ERROR FH0201
}
/* null to string functions */
void null_text_bad(char *to)
{
    strcpy(to, NULL); //~ ERROR FH0501
}
/* mismatched */
struct thing {
    int n;
    char *text;
};
/* a cleanup function that is called for what is not set */
void thing_clear(struct thing *t)
{
    free(t->text);
    t->text = NULL;
}
void clear_unset_bad(int x)
{
    struct thing t;
    if (x > 0)
        t.text = malloc(8);
    thing_clear(&t); //~ WARN FH0401
}
void clear_set_good(int x)
{
    struct thing t = {0};
    if (x > 0)
        t.text = malloc(8);
    thing_clear(&t);
}
void clear_twice_good(void)
{
    struct thing t = {1, malloc(4)};
    thing_clear(&t);
    thing_clear(&t);
}
/* nested calls */
static void *deep3(void) { return malloc(24); }
static void *deep2(void) { return deep3(); }
static void *deep1(void) { return deep2(); }
void deep_leak_bad(void)
{
    char *p = deep1(); //~ ERROR FH0801
    if (p)
        *p = 0;
}
static void deep_free3(void *p) { free(p); }
static void deep_free2(void *p) { if (p) deep_free3(p); }
void deep_free_bad(void)
{
    void *p = deep1();
    deep_free2(p);
    free(p); //~ WARN FH0202
}
void deep_free_good(void)
{
    deep_free2(deep1());
}
/* conditional release by a flag */
void flag_good(int x)
{
    char *p = NULL;
    int owned = 0;
    if (x) {
        p = malloc(8);
        owned = 1;
    }
    if (owned)
        free(p);
}
void flag_bad(int x)
{
    char *p = NULL;
    int owned = 0;
    if (x) {
        p = malloc(8); //~ WARN FH0801
        owned = x > 5;
    }
    if (owned)
        free(p);
}
/* returns an error code, sets a pointer */
static int make(char **out, int n)
{
    char *p;
    if (n < 0)
        return -1;
    p = malloc(n + 1);
    if (!p)
        return -2;
    p[0] = 0;
    *out = p;
    return 0;
}
int make_good(int n)
{
    char *p;
    if (make(&p, n) != 0)
        return -1;
    free(p);
    return 0;
}
int make_ignored_bad(int n)
{
    char *p;
    make(&p, n);
    p[0] = 1; //~ WARN FH0401
    free(p);
    return 0;
}
int make_lost_bad(int n)
{
    char *p;
    if (make(&p, n) != 0) //~ WARN FH0801
        return -1;
    return p[0];
}
/* a buffer given back on one way, kept on another */
static char *cache;
void keep_good(int keep)
{
    char *p = malloc(8);
    if (!p)
        return;
    if (keep) {
        free(cache);
        cache = p;
    } else {
        free(p);
    }
}
/* arrays of pointers */
void partial_bad(void)
{
    char *a[4];
    int i;
    for (i = 0; i < 3; i++)
        a[i] = malloc(4);
    for (i = 0; i < 4; i++)
        free(a[i]); //~ ERROR FH0401
}
/* switch falls through */
void falls_bad(int k, char *p)
{
    switch (k) {
    case 1:
        free(p);
    case 2:
        p[0] = 1; //~ WARN FH0201
        break;
    }
}
/* do while */
void do_bad(void)
{
    int *p = malloc(4 * sizeof *p), i = 0;
    if (!p)
        return;
    do {
        p[i] = i; //~ ERROR FH0101
        i++;
    } while (i <= 4);
    free(p);
}
/* sizes of the wrong thing */
struct record {
    int id;
    char name[60];
};
void wrong_struct_bad(void)
{
    struct record *r = malloc(sizeof(struct thing));
    if (!r)
        return;
    strcpy(r->name, "abc");
    r->name[59] = 0; //~ ERROR FH0101
    free(r);
}
void count_only_bad(void)
{
    struct record *r = malloc(10);
    if (!r)
        return;
    r[1].id = 1; //~ ERROR FH0101
    free(r);
}
/* calloc with one element less */
void calloc_bad(int n)
{
    int *p, i;
    if (n < 1 || n > 100)
        return;
    p = calloc(n, sizeof *p);
    if (!p)
        return;
    for (i = 1; i <= n; i++)
        p[i] = i; //~ WARN FH0101
    free(p);
}
/* variable length arrays, alloca */
int vla_bad(int n)
{
    int a[n > 0 ? n : 1];
    memset(a, 0, sizeof a);
    return a[n > 0 ? n : 1]; //~ ERROR FH0107
}
void alloca_bad(void)
{
    char *p = alloca(8);
    p[8] = 1; //~ ERROR FH0102
    free(p); //~ ERROR FH0302
}
char *alloca_return_bad(void)
{
    char *p = alloca(8);
    p[0] = 1;
    return p; //~ WARN FH0205
}
/* getline owns */
void getline_bad(void)
{
    char *line = NULL;
    size_t n = 0;
    if (getline(&line, &n, stdin) > 0) //~ ERROR FH0801
        puts(line);
}
void getline_good(void)
{
    char *line = NULL;
    size_t n = 0;
    if (getline(&line, &n, stdin) > 0)
        puts(line);
    free(line);
}
void asprintf_bad(int n)
{
    char *s;
    if (asprintf(&s, "%d", n) < 0) //~ ERROR FH0801
        return;
    puts(s); //~ HAZARD FH0507
}
/* va_list */
int va_good(int n, ...)
{
    va_list l;
    int x;
    va_start(l, n);
    x = va_arg(l, int);
    va_end(l);
    return x;
}
/* strings */
void strtok_good(char *text)
{
    char *part = strtok(text, ",");
    while (part) {
        puts(part);
        part = strtok(NULL, ",");
    }
}
void strlen_loop_bad(char *s)
{
    char to[10];
    size_t i;
    for (i = 0; i <= sizeof to; i++)
        to[i] = s[i]; //~ ERROR FH0102
    puts(to);
}
char *join_good(const char *a, const char *b)
{
    char *s = malloc(strlen(a) + strlen(b) + 2);
    if (!s)
        return NULL;
    strcpy(s, a);
    strcat(s, "/");
    strcat(s, b);
    return s;
}
char *join_bad(const char *a, const char *b)
{
    char *s = malloc(strlen(a) + strlen(b) + 1);
    if (!s)
        return NULL;
    strcpy(s, a);
    strcat(s, "/");
    strcat(s, b); //~ ERROR FH0101
    return s;
}
void path_bad(const char *name)
{
    char path[16];
    sprintf(path, "/var/lib/%s", name);
    puts(path);
}
void argument_bad(int argc, char **argv)
{
    char name[16];
    if (argc > 1) {
        strcpy(name, argv[1]);
        puts(name);
    }
}
void environment_bad(void)
{
    char home[32], *h = getenv("HOME");
    if (h) {
        strcpy(home, h); //~ WARN FH0102
        puts(home);
    }
}
/* threads */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int shared;
int lock_bad(int x)
{
    pthread_mutex_lock(&lock);
    if (x < 0)
        return -1;
    shared += x;
    pthread_mutex_unlock(&lock);
    return 0;
}
int lock_good(int x)
{
    pthread_mutex_lock(&lock);
    if (x >= 0)
        shared += x;
    pthread_mutex_unlock(&lock);
    return 0;
}
/* unions, bit-fields */
union cell { int i; float f; char *p; };
int union_good(void)
{
    union cell c;
    c.f = 1.0f;
    return c.i;
}
int union_bad(void)
{
    union cell c;
    return c.i; //~ ERROR FH0401
}
/* pointers to pointers */
static void reset(char **p)
{
    free(*p);
    *p = NULL;
}
void reset_good(void)
{
    char *p = malloc(4);
    reset(&p);
    reset(&p);
}
static void release_only(char **p)
{
    free(*p);
}
void release_twice_bad(void)
{
    char *p = malloc(4);
    release_only(&p);
    free(p); //~ ERROR FH0202
}
static int *pick(int *a, int *b, int which)
{
    return which ? a : b;
}
void pick_bad(int which)
{
    int *a = malloc(4), *b = malloc(4);
    free(pick(a, b, which));
    free(a); //~ WARN FH0202
    free(b); //~ WARN FH0202
}
/* signed and unsigned */
void signed_bad(void)
{
    int n = -1;
    char a[10];
    memset(a, 0, n); //~ ERROR FH0602
}
void unsigned_under_bad(void)
{
    unsigned i;
    int a[4] = {0};
    for (i = 3; i < 4; i--)
        a[i] = 1;
    printf("%d\n", a[0]);
}
int minus_bad(size_t n)
{
    char a[8] = {0};
    size_t len = 0;
    if (n == 0)
        return a[len - 1]; //~ ERROR FH0107
    return 0;
}
void getline_loop_good(void)
{
    char *line = NULL; size_t n = 0;
    while (getline(&line, &n, stdin) != -1)
        puts(line);
    free(line);
}
void getline_loop_bad(void)
{
    char *line = NULL; size_t n = 0;
    while (getline(&line, &n, stdin) != -1) //~ ERROR FH0801
        puts(line);
}
void getline_each_bad(void)
{
    char *line; size_t n;
    for (;;) {
        line = NULL; n = 0;
        if (getline(&line, &n, stdin) < 0) break; //~ WARN FH0801
        puts(line);
    }
    free(line);
}
/* shared segments */
#include <sys/shm.h>
int segment_bad(int id)
{
    char *p = shmat(id, NULL, 0);
    if (p == (char *)-1)
        return -1;
    p[0] = 1;
    shmdt(p);
    return p[0]; //~ ERROR FH0201
}
int segment_good(int id)
{
    char *p = shmat(id, NULL, 0);
    int first;
    if (p == (char *)-1)
        return -1;
    p[0] = 1;
    first = p[0];
    shmdt(p);
    return first;
}
