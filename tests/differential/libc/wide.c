/* wchar.h, wctype.h, uchar.h, and the multibyte functions of stdlib.h. */
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static void strings(void)
{
    wchar_t a[40], b[40], *save, *t;
    printf("[%ls]\n", wcscpy(a, L"hello"));
    printf("%ld\n", (long)(wcpcpy(b, L"world") - b));
    printf("[%ls]\n", wcscat(wcscat(a, L", "), b));
    printf("[%ls]\n", wcsncat(a, L"!!!", 1));
    wmemset(b, L'#', 39);
    wcsncpy(b, L"ab", 4);
    printf("[%ls] %d %lc\n", b, (int)b[3], (wint_t)b[4]);
    printf("%ld\n", (long)(wcpncpy(b, L"xy", 4) - b));
    printf("%zu %zu\n", wcslen(a), wcsnlen(a, 3));
    printf("%d %d %d %d\n", sign(wcscmp(L"a", L"b")), sign(wcsncmp(L"ab", L"ac", 1)),
           sign(wcscasecmp(L"AB", L"ab")), sign(wcsncasecmp(L"ABx", L"aby", 2)));
    printf("%d %d\n", sign(wcscoll(L"x", L"y")), sign(wmemcmp(L"abc", L"abd", 3)));
    printf("%ld %ld %ld\n", (long)(wcschr(a, L'o') - a), (long)(wcsrchr(a, L'o') - a),
           (long)(wcsstr(a, L"wor") - a));
    printf("%zu %zu %ld\n", wcsspn(a, L"ehl"), wcscspn(a, L","), (long)(wcspbrk(a, L"w,") - a));
    printf("%ld %d\n", (long)(wmemchr(a, L'l', 5) - a), wmemchr(a, L'z', 5) == NULL);
    wmemmove(a + 1, a, 4);
    printf("[%ls]\n", a);
    wmemcpy(b, L"copied", 7);
    printf("[%ls]\n", b);
    wchar_t text[] = L"one two  three";
    for (t = wcstok(text, L" ", &save); t; t = wcstok(NULL, L" ", &save))
        printf("<%ls>", t);
    printf("\n");
    wchar_t *d = wcsdup(L"dup");
    printf("[%ls]\n", d);
    free(d);
    wchar_t *end;
    printf("%ld\n", wcstol(L"-12x", &end, 10));
    printf("%lu %g\n", wcstoul(L"ff", NULL, 16),
           wcstod(L"2.5", NULL));
    printf("[%ls] %lld\n", end, wcstoll(L"99", NULL, 10));
}

static void classes(void)
{
    for (wint_t c = 32; c < 127; c += 7)
        printf("%d%d%d%d%d ", iswalpha(c) != 0, iswdigit(c) != 0, iswspace(c) != 0,
               iswupper(c) != 0, iswpunct(c) != 0);
    printf("%lc%lc\n", towupper(L'q'), towlower(L'Q'));
    printf("%d %d\n", iswctype(L'a', wctype("alpha")) != 0, iswctype(L'1', wctype("alpha")) != 0);
    printf("%lc\n", towctrans(L'a', wctrans("toupper")));
}

static void conversions(void)
{
    const char *source = "\xc3\xa9t\xc3\xa9 \xe2\x82\xac!";
    wchar_t wide[20], one = 0;
    char back[40];
    mbstate_t state;
    memset(&state, 0, sizeof state);
    size_t n = mbstowcs(wide, source, 20);
    printf("%zu", n);
    for (size_t i = 0; i < n; i++)
        printf(" %x", (unsigned)wide[i]);
    printf("\n%zu\n", mbstowcs(NULL, source, 0));
    n = wcstombs(back, wide, sizeof back);
    printf("%zu [%s]\n", n, back);
    printf("%zu\n", wcstombs(NULL, wide, 0));
    printf("%d\n", mblen(source, 4));
    printf("%d\n", mbtowc(&one, source, 4));
    printf("%x %d\n", (unsigned)one, wctomb(back, 0x20ac));
    printf("%zd\n", (ssize_t)mbrtowc(&one, "\xe2\x82", 2, &state));
    n = mbrtowc(&one, "\xac", 1, &state);
    printf("%zu %x\n", n, (unsigned)one);
    printf("%d %zd\n", mbsinit(&state), (ssize_t)mbrlen("\xc3\xa9", 2, &state));
    const char *from = source;
    n = mbsrtowcs(wide, &from, 3, &state);
    printf("%zu %ld\n", n, (long)(from - source));
    n = mbsrtowcs(wide + 3, &from, 17, &state);
    printf("%zu %d\n", n, from == NULL);
    const wchar_t *wfrom = wide;
    n = wcsrtombs(back, &wfrom, 4, &state);
    printf("%zu %ld\n", n, (long)(wfrom - wide));
    wfrom = wide;
    n = wcsnrtombs(back, &wfrom, 2, sizeof back, &state);
    printf("%zu %ld\n", n, (long)(wfrom - wide));
    n = wcrtomb(back, L'x', &state);
    printf("%zu %c\n", n, back[0]);
    errno = 0;
    n = mbstowcs(wide, "\xff\xff", 5);
    printf("%zd %d\n", (ssize_t)n, errno == EILSEQ);
    printf("%d %d\n", btowc('a'), wctob(L'a'));
    printf("%d %d\n", wcwidth(L'a'), wcswidth(L"abc", 3));
    char16_t c16 = 0;
    char32_t c32 = 0;
    memset(&state, 0, sizeof state);
    n = mbrtoc16(&c16, "\xf0\x9f\x98\x80", 4, &state);
    printf("%zu %x", n, c16);
    n = mbrtoc16(&c16, "", 0, &state);
    printf(" %zd %x\n", (ssize_t)n, c16);
    memset(&state, 0, sizeof state);
    n = mbrtoc32(&c32, "\xf0\x9f\x98\x80", 4, &state);
    printf("%zu %x\n", n, (unsigned)c32);
    memset(&state, 0, sizeof state);
    printf("%zu\n", c32rtomb(back, 0x1f600, &state));
}

static void streams(void)
{
    FILE *f = tmpfile();
    wchar_t line[20];
    fputws(L"first line\nsecond ", f);
    fputwc(0xe9, f);
    fwprintf(f, L"%d %ls\n", 42, L"wide");
    rewind(f);
    while (fgetws(line, 20, f))
        printf("[%ls]", line);
    printf("\n");
    rewind(f);
    wint_t c = fgetwc(f);
    ungetwc(L'F', f);
    printf("%lc", c);
    printf("%lc", fgetwc(f));
    int n = 0;
    wchar_t word[20];
    while (fwscanf(f, L"%19ls", word) == 1)
        n += (int)wcslen(word);
    printf(" %d %d\n", n, fwide(f, 0) > 0);
    fclose(f);
}

int main(void)
{
    strings();
    classes();
    if (setlocale(LC_ALL, "C.UTF-8")) {
        conversions();
        streams();
    }
    return 0;
}
