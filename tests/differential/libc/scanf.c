/* The scanf family: conversions, widths, sets, failures, counts, streams. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void integers(void)
{
    int a = -1, b = -1, c = -1, r;
    unsigned u = 0;
    long l = 0;
    long long ll = 0;
    short h = 0;
    signed char hh = 0;
    size_t z = 0;
    intmax_t j = 0;
    r = sscanf("10 -20 30", "%d%d%d", &a, &b, &c);
    printf("%d: %d %d %d\n", r, a, b, c);
    r = sscanf("0x1F 077 12", "%i %i %i", &a, &b, &c);
    printf("%d: %d %d %d\n", r, a, b, c);
    r = sscanf("ff 17 0xAb", "%x %o %X", &a, &b, &c);
    printf("%d: %d %d %d\n", r, a, b, c);
    r = sscanf("4000000000 5 -6 7 300 70000", "%u %ld %lld %zu %hhd %hd", &u, &l, &ll, &z, &hh, &h);
    printf("%d: %u %ld %lld %zu %d %d\n", r, u, l, ll, z, hh, h);
    r = sscanf("9223372036854775807", "%jd", &j);
    printf("%d: %jd\n", r, j);
    r = sscanf("12345678", "%3d%2d%d", &a, &b, &c);
    printf("%d: %d %d %d\n", r, a, b, c);
    r = sscanf("99999999999999999999", "%ld", &l);
    printf("%d: %ld\n", r, l);
    r = sscanf("0x", "%i", &a);
    printf("%d\n", r);
    r = sscanf("- 5", "%d", &a);
    printf("%d\n", r);
}

static void texts(void)
{
    char s[20] = "", t[20] = "", c[5] = "####";
    int r, n = -1;
    r = sscanf("hello world", "%s %s", s, t);
    printf("%d: [%s] [%s]\n", r, s, t);
    r = sscanf("hello world", "%3s%2s", s, t);
    printf("%d: [%s] [%s]\n", r, s, t);
    r = sscanf("abcdef", "%c%3c", s, c);
    printf("%d: [%c] [%s]\n", r, s[0], c);
    r = sscanf("abc123-x", "%[a-z]%[0-9]%n", s, t, &n);
    printf("%d: [%s] [%s] %d\n", r, s, t, n);
    r = sscanf("key=value;", "%[^=]=%[^;];", s, t);
    printf("%d: [%s] [%s]\n", r, s, t);
    r = sscanf("]]x", "%[]]%[^]]", s, t);
    printf("%d: [%s] [%s]\n", r, s, t);
    r = sscanf("a-b", "%[a-]%s", s, t);
    printf("%d: [%s] [%s]\n", r, s, t);
    r = sscanf("skip 5 take", "%*s %*d %s", s);
    printf("%d: [%s]\n", r, s);
    r = sscanf("   x", " %c", s);
    printf("%d: [%c]\n", r, s[0]);
    char *made = NULL, *more = NULL;
    r = sscanf("allocate this-text", "%ms %m[a-z]", &made, &more);
    printf("%d: [%s] [%s]\n", r, made, more);
    free(made);
    free(more);
    r = sscanf("xyz", "%3mc", &made);
    printf("%d: [%.3s]\n", r, made);
    free(made);
}

static void floats(void)
{
    float f = 0;
    double d = 0;
    long double ld = 0;
    int r = sscanf("3.5 -2.25e3 1e-5", "%f %lf %Lf", &f, &d, &ld);
    printf("%d: %g %g %Lg\n", r, f, d, ld);
    r = sscanf("inf nan 0x1p3", "%lf %f %Lf", &d, &f, &ld);
    printf("%d: %g %g %Lg\n", r, d, f, ld);
    r = sscanf(".5 5. 1e", "%lf %f %Lf", &d, &f, &ld);
    printf("%d: %g %g\n", r, d, f);
    r = sscanf("1.2.3", "%lf%f", &d, &f);
    printf("%d: %g %g\n", r, d, f);
    r = sscanf("12345.678", "%4lf%a", &d, &f);
    printf("%d: %g %g\n", r, d, f);
}

static void failures(void)
{
    int a = 1, b = 2, n = -1;
    printf("%d\n", sscanf("", "%d", &a));
    printf("%d\n", sscanf("   ", "%d", &a));
    printf("%d\n", sscanf("x", "%d", &a));
    printf("%d\n", sscanf("5 x", "%d %d", &a, &b));
    printf("%d\n", sscanf("5", "%d %d", &a, &b));
    printf("%d\n", sscanf("5,6", "%d,%d", &a, &b));
    printf("%d\n", sscanf("5;6", "%d,%d", &a, &b));
    printf("%d\n", sscanf("abc", "abd%d", &a));
    printf("%d\n", sscanf("ab", "abc%d", &a));
    printf("%d\n", sscanf("50% off", "%d%% off%n", &a, &n));
    printf("%d %d\n", a, n);
    n = sscanf("1 2 3", "%2$d %1$d", &a, &b);
    printf("%d %d\n", n, a * 10 + b);
    printf("%d\n", sscanf("anything", ""));
}

static void pointers(void)
{
    void *p = NULL;
    int r = sscanf("0x1234", "%p", &p);
    printf("%d: %p\n", r, p);
    r = sscanf("(nil)", "%p", &p);
    printf("%d: %p\n", r, p);
}

static void streams(void)
{
    FILE *f = tmpfile();
    char word[32];
    int n, i, count = 0;
    fputs("alpha 1\nbeta 2\n# comment line\ngamma 3\nlast", f);
    rewind(f);
    while ((n = fscanf(f, "%31s", word)) == 1) {
        if (word[0] == '#') {
            n = fscanf(f, "%*[^\n]");
            continue;
        }
        if (fscanf(f, "%d", &i) == 1)
            printf("%s=%d ", word, i);
        else
            printf("%s alone ", word);
        count++;
    }
    printf("%d %d %d\n", n, count, feof(f) != 0);
    rewind(f);
    long at = -1;
    n = fscanf(f, "alpha%ln", &at);
    printf("%d %ld %c\n", n, at, fgetc(f));
    fclose(f);
}

static void wide(void)
{
    int a = 0, r;
    wchar_t w[20];
    char s[20];
    r = swscanf(L"42 wide narrow rest", L"%d %ls %s", &a, w, s);
    printf("%d: %d [%ls] [%s]\n", r, a, w, s);
    r = swscanf(L"abc123", L"%l[a-z]%d", w, &a);
    printf("%d: [%ls] %d\n", r, w, a);
    r = sscanf("to-wide", "%ls", w);
    printf("%d: [%ls]\n", r, w);
    r = sscanf("xyz", "%2lc", w);
    w[2] = 0;
    printf("%d: [%ls]\n", r, w);
    wchar_t *made = NULL;
    r = swscanf(L"made here", L"%mls", &made);
    printf("%d: [%ls]\n", r, made);
    free(made);
}

int main(void)
{
    int a = 0, b = 0;
    char s[10] = "";
    integers();
    texts();
    floats();
    failures();
    pointers();
    streams();
    wide();
    int r = scanf("%d %d %9s", &a, &b, s);
    printf("%d %d %d [%s]\n", r, a, b, s);
    return 0;
}
