/* stdlib.h: numbers, memory, sorting, searching, environment. */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <malloc.h>
#include <search.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void numbers(void)
{
    static const char *texts[] = {"0", "42", "-42", "  +7x", "0x1F", "077", "z", "", "-",
                                  "99999999999999999999", "-99999999999999999999", "0b101", "1e5"};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *s = texts[i];
        char *e0, *e1, *e2, *e3;
        errno = 0;
        long a = strtol(s, &e0, 10), b = strtol(s, &e1, 0);
        int code = errno;
        unsigned long c = strtoul(s, &e2, 16);
        double d = strtod(s, &e3);
        printf("%s: %ld+%d %ld+%d %lu+%d %g+%d %d\n", s, a, (int)(e0 - s), b, (int)(e1 - s), c,
               (int)(e2 - s), d, (int)(e3 - s), code);
        printf("%d %ld %lld %g\n", atoi(s), atol(s), atoll(s), atof(s));
    }
    char *end;
    long n = strtol("zz top", &end, 36);
    printf("%ld %s\n", n, end);
    printf("%g %g %Lg\n", strtof("1.5e3", NULL), strtod("inf", NULL), strtold("0x1.8p1", NULL));
    printf("%lld %llu\n", strtoll("-9", NULL, 10), strtoull("18446744073709551615", NULL, 10));
    printf("%jd %ju\n", strtoimax("-5", NULL, 10), strtoumax("5", NULL, 10));
    div_t q = div(-7, 2);
    ldiv_t lq = ldiv(1000000007L, 10);
    lldiv_t llq = lldiv(-1000000007LL, 10);
    printf("%d %d %ld %ld %lld %lld\n", q.quot, q.rem, lq.quot, lq.rem, llq.quot, llq.rem);
    printf("%d %ld %lld\n", abs(-5), labs(-6L), llabs(-7LL));
}

static void chance(void)
{
    srand(42);
    int a = rand(), b = rand();
    srandom(7);
    long c = random();
    unsigned seed = 5;
    int d = rand_r(&seed);
    srand48(1);
    double e = drand48();
    long f = lrand48(), g = mrand48();
    unsigned short state[3] = {1, 2, 3};
    double h = erand48(state);
    long i = nrand48(state);
    printf("%d %d %ld %d %f %ld %ld %f %ld %d\n", a, b, c, d, e, f, g, h, i, state[0]);
}

static void memory(void)
{
    int *p = malloc(10 * sizeof *p);
    for (int i = 0; i < 10; i++)
        p[i] = i;
    p = realloc(p, 1000 * sizeof *p);
    printf("%d %d\n", p[0], p[9]);
    p = realloc(p, 5 * sizeof *p);
    printf("%d\n", p[4]);
    free(p);
    int *z = calloc(8, sizeof *z);
    int sum = 0;
    for (int i = 0; i < 8; i++)
        sum += z[i];
    printf("%d\n", sum);
    z = reallocarray(z, 16, sizeof *z);
    printf("%d\n", z[7]);
    free(z);
    void *a = aligned_alloc(64, 128), *m = memalign(256, 10), *v = NULL;
    int r = posix_memalign(&v, 1024, 50);
    printf("%d %d %d %d\n", (int)((uintptr_t)a % 64), (int)((uintptr_t)m % 256), r,
           (int)((uintptr_t)v % 1024));
    printf("%d\n", malloc_usable_size(a) >= 128);
    free(a);
    free(m);
    free(v);
    printf("%d\n", posix_memalign(&v, 3, 50) == EINVAL);
    free(NULL);
    void *empty = malloc(0);
    printf("%d\n", empty != NULL);
    free(empty);
    void *gone = realloc(malloc(10), 0);
    printf("%d\n", gone == NULL);
}

struct item {
    int key;
    char name[12];
};

static int calls;

static int by_key(const void *a, const void *b)
{
    calls++;
    return ((const struct item *)a)->key - ((const struct item *)b)->key;
}

static int by_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int by_context(const void *a, const void *b, void *context)
{
    ++*(int *)context;
    return by_int(a, b);
}

static void sorting(void)
{
    struct item items[20];
    for (int i = 0; i < 20; i++) {
        items[i].key = i * 7 % 5;
        snprintf(items[i].name, sizeof items[i].name, "n%d", i);
    }
    qsort(items, 20, sizeof *items, by_key);
    for (int i = 0; i < 20; i++)
        printf("%d%s ", items[i].key, items[i].name);
    printf("\n%d calls\n", calls);
    struct item key = {3, ""}, *found = bsearch(&key, items, 20, sizeof *items, by_key);
    printf("%d\n", found ? found->key : -1);
    key.key = 9;
    printf("%d\n", bsearch(&key, items, 20, sizeof *items, by_key) == NULL);
    int numbers[101], count = 0;
    for (int i = 0; i < 101; i++)
        numbers[i] = (i * 37 + 11) % 101;
    qsort_r(numbers, 101, sizeof *numbers, by_context, &count);
    for (int i = 0; i < 101; i += 10)
        printf("%d ", numbers[i]);
    printf("%d\n", count);
    const char *words[] = {"pear", "apple", "fig", "date", "cherry", "banana"};
    qsort(words, 6, sizeof *words, by_text);
    for (int i = 0; i < 6; i++)
        printf("%s ", words[i]);
    printf("\n");
    size_t n = 5;
    int set[8] = {4, 8, 15, 16, 23}, want = 15;
    int *at = lfind(&want, set, &n, sizeof *set, by_int);
    printf("%d\n", at ? (int)(at - set) : -1);
    want = 42;
    at = lsearch(&want, set, &n, sizeof *set, by_int);
    printf("%d %zu\n", *at, n);
    void *root = NULL;
    int keys[] = {5, 2, 8, 1};
    for (int i = 0; i < 4; i++)
        tsearch(&keys[i], &root, by_int);
    want = 8;
    int **node = tfind(&want, &root, by_int);
    printf("%d\n", node ? **node : -1);
    for (int i = 0; i < 4; i++)
        tdelete(&keys[i], &root, by_int);
    printf("%d\n", root == NULL);
}

extern char **environ;

static void environment(void)
{
    setenv("FH_ONE", "first", 1);
    setenv("FH_ONE", "second", 0);
    printf("%s\n", getenv("FH_ONE"));
    setenv("FH_ONE", "third, which is longer than the others", 1);
    printf("%s\n", getenv("FH_ONE"));
    static char entry[] = "FH_TWO=put";
    putenv(entry);
    printf("%s\n", getenv("FH_TWO"));
    entry[7] = 'P';
    printf("%s\n", getenv("FH_TWO"));
    int seen = 0;
    for (char **e = environ; *e; e++)
        seen += !strncmp(*e, "FH_", 3);
    printf("%d\n", seen);
    unsetenv("FH_ONE");
    printf("%d\n", getenv("FH_ONE") == NULL);
    char name[] = "/tmp/fhXXXXXX";
    int fd = mkstemp(name);
    printf("%d %d\n", fd >= 0, strcmp(name, "/tmp/fhXXXXXX") != 0);
    close(fd);
    char *real = realpath(name, NULL);
    printf("%d\n", strcmp(real, name) == 0);
    free(real);
    unlink(name);
    char options[] = "ro,size=5,bad", *at = options, *value;
    char *const tokens[] = {"ro", "size", NULL};
    while (*at) {
        int which = getsubopt(&at, tokens, &value);
        printf("%d %s\n", which, value ? value : "-");
    }
    printf("%d\n", system("exit 3") >> 8);
}

static void last(void)
{
    printf("last\n");
}

static void before(void)
{
    printf("before\n");
}

static void with_status(int status, void *argument)
{
    printf("status %d %s\n", status, (char *)argument);
}

int main(void)
{
    numbers();
    chance();
    memory();
    sorting();
    environment();
    atexit(last);
    atexit(before);
    on_exit(with_status, "argument");
    exit(7);
}
