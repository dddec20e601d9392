/* Every conversion, flag and length of printf, into memory and onto streams. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void integers(void)
{
    printf("[%d] [%i] [%u] [%x] [%X] [%o]\n", -42, 42, 42u, 255u, 255u, 8u);
    printf("[%5d] [%-5d] [%05d] [%+d] [% d] [%+5d] [%-+5d|\n", 42, 42, 42, 42, 42, 42, 42);
    printf("[%.3d] [%8.3d] [%-8.3d] [%08.3d] [%.0d] [%.0d]\n", 7, 7, 7, 7, 0, 1);
    printf("[%#x] [%#X] [%#o] [%#x] [%#10x] [%-#10x] [%#010x]\n", 255, 255, 8, 0, 255, 255, 255);
    printf("[%hhd] [%hhu] [%hd] [%hu]\n", 300, 300, 70000, 70000);
    printf("[%ld] [%lu] [%lld] [%llu]\n", LONG_MIN, ULONG_MAX, LLONG_MIN, ULLONG_MAX);
    printf("[%zu] [%zd] [%td] [%jd] [%ju]\n", (size_t)-1, (ssize_t)-5, (ptrdiff_t)-9, INTMAX_MIN,
           UINTMAX_MAX);
    printf("[%d] [%d] [%u]\n", INT_MIN, INT_MAX, UINT_MAX);
    printf("[%*d] [%-*d] [%*d] [%.*d] [%.*d]\n", 6, 42, 6, 42, -6, 42, 4, 7, -1, 7);
}

static void strings(void)
{
    char raw[4] = {'a', 'b', 'c', 'd'};
    printf("[%s] [%10s] [%-10s] [%.3s] [%10.3s] [%-10.3s] [%.0s]\n", "hello", "hello", "hello",
           "hello", "hello", "hello", "hello");
    printf("[%.4s] [%.*s] [%*.*s]\n", raw, 2, raw, 6, 3, raw);
    printf("[%c] [%5c] [%-5c] [%c]\n", 'x', 'y', 'z', 65);
    printf("[%%] [%5%]\n");
    printf("%s|%s|%s\n", "", "a", "bb");
    printf("[%p] [%20p] [%-20p] [%p]\n", (void *)0x1234, (void *)0xabc, (void *)0xabc, NULL);
    errno = ENOENT;
    printf("[%m] [%30m]\n");
    printf("%c%c%c", 'a', 0, 'b');
    printf("\n");
}

static void floats(void)
{
    double values[] = {0.0, -0.0, 1.0, -1.5, 3.14159265358979, 1e10, 1e-10, 123456789.0, 0.1, 1e100,
                       5e-324, 1.7976931348623157e308, INFINITY, -INFINITY, NAN};
    for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
        double v = values[i];
        printf("[%f] [%e] [%g] [%a]\n", v, v, v, v);
        printf("[%F] [%E] [%G] [%A]\n", v, v, v, v);
        printf("[%.0f] [%.1f] [%10.2f] [%-10.2f] [%010.2f] [%+.3f] [% .3f] [%#.0f] [%#g]\n", v, v, v,
               v, v, v, v, v, v);
    }
    printf("[%Lf] [%Le] [%Lg] [%La] [%.20Lf]\n", 3.14L, 3.14L, 3.14L, 3.14L, 1.0L / 3);
    printf("[%.40f]\n[%.100e]\n", 0.1, 1.0 / 3);
    printf("[%f]\n", (float)0.1f);
    printf("[%500.1f]\n", 2.5);
    printf("[%.600f]\n", 1.0 / 7);
}

static void positions(void)
{
    printf("%3$s %1$s %2$s\n", "one", "two", "three");
    printf("%1$*2$d|%1$-*2$d|%1$.*3$d\n", 42, 8, 5);
    printf("%2$f %1$d\n", 1, 2.5);
}

static void counted(void)
{
    int n = -1;
    short h = -1;
    signed char c = -1;
    long l = -1;
    long long ll = -1;
    printf("abc%n def%hn ghi%hhn jkl%ln mno%lln\n", &n, &h, &c, &l, &ll);
    printf("%d %d %d %ld %lld\n", n, h, c, l, ll);
}

static void into_memory(void)
{
    char buffer[32];
    memset(buffer, '#', sizeof buffer);
    int r = snprintf(buffer, 8, "%s", "a long string");
    printf("%d [%s]\n", r, buffer);
    r = snprintf(buffer, 1, "%d", 12345);
    printf("%d [%s]\n", r, buffer);
    r = snprintf(NULL, 0, "%d %s", 12345, "x");
    printf("%d\n", r);
    r = sprintf(buffer, "%d-%s", 7, "seven");
    printf("%d [%s]\n", r, buffer);
    char *made = NULL;
    r = asprintf(&made, "%s/%d/%s", "a", 5, "ccc");
    printf("%d [%s]\n", r, made);
    free(made);
    r = snprintf(buffer, sizeof buffer, "%s", "");
    printf("%d [%s]\n", r, buffer);
}

static void wide(void)
{
    printf("[%ls] [%10ls] [%.2ls] [%-6ls|\n", L"wide", L"wide", L"wide", L"wide");
    printf("[%lc] [%5lc]\n", (wint_t)L'w', (wint_t)L'x');
    printf("[%S] [%C]\n", L"old", (wint_t)L'o');
    wchar_t buffer[40];
    int r = swprintf(buffer, 40, L"%d %s %ls %c %lc %5.2f", 42, "narrow", L"wide", 'c',
                     (wint_t)L'W', 2.5);
    printf("%d [%ls]\n", r, buffer);
    r = swprintf(buffer, 5, L"%s", "too long for it");
    printf("%d\n", r);
    r = swprintf(buffer, 40, L"[%8s|%-8ls|%.3s|%%]", "ab", L"cd", "efghi");
    printf("%d [%ls]\n", r, buffer);
}

static void results(void)
{
    int r = printf("%s", "");
    printf("%d\n", r);
    r = fprintf(stdout, "%s %d\n", "result", 5);
    printf("%d\n", r);
    fflush(stdout);
    r = dprintf(1, "direct %s %x\n", "write", 48879);
    printf("%d\n", r);
}

static void grouped(void)
{
    printf("[%'d] [%'.2f]\n", 1234567, 1234567.891);
    if (setlocale(LC_ALL, "C.UTF-8")) {
        printf("[%ls] [%lc]\n", L"\u00e9\u4e2d", (wint_t)0x20ac);
        printf("[%.3ls] [%.4ls]\n", L"\u00e9\u4e2d", L"\u20ac\u20ac");
        wchar_t buffer[20];
        int r = swprintf(buffer, 20, L"%s|%.1s", "\xc3\xa9x", "\xc3\xa9x");
        printf("%d %ls\n", r, buffer);
        setlocale(LC_ALL, "C");
    }
}

int main(void)
{
    integers();
    strings();
    floats();
    positions();
    counted();
    into_memory();
    wide();
    results();
    grouped();
    return 0;
}
