/* The functions that take a va_list, and lists that are forwarded, copied and used in part. */
#define _GNU_SOURCE
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int print(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vprintf(format, ap);
    va_end(ap);
    return n;
}

static int print_twice(FILE *f, const char *format, ...)
{
    va_list ap, again;
    va_start(ap, format);
    va_copy(again, ap);
    int n = vfprintf(f, format, ap);
    n += vfprintf(f, format, again);
    va_end(again);
    va_end(ap);
    return n;
}

static char *made(const char *format, ...)
{
    va_list ap;
    char *text = NULL;
    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    text = malloc((size_t)n + 1);
    va_start(ap, format);
    vsnprintf(text, (size_t)n + 1, format, ap);
    va_end(ap);
    return text;
}

static char *allocated(const char *format, ...)
{
    va_list ap;
    char *text;
    va_start(ap, format);
    if (vasprintf(&text, format, ap) < 0)
        text = NULL;
    va_end(ap);
    return text;
}

static int rest_after(int skip, ...)
{
    va_list ap;
    int sum = 0;
    va_start(ap, skip);
    for (int i = 0; i < skip; i++)
        sum += va_arg(ap, int);
    printf("%d ", sum);
    const char *format = va_arg(ap, const char *);
    int n = vprintf(format, ap);
    va_end(ap);
    return n;
}

static int read_from(const char *text, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsscanf(text, format, ap);
    va_end(ap);
    return n;
}

static int wide(wchar_t *to, size_t n, const wchar_t *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int r = vswprintf(to, n, format, ap);
    va_end(ap);
    return r;
}

static int wide_read(const wchar_t *text, const wchar_t *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int r = vswscanf(text, format, ap);
    va_end(ap);
    return r;
}

static int formatted(char *to, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int r = vsprintf(to, format, ap);
    va_end(ap);
    return r;
}

static int written(int fd, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int r = vdprintf(fd, format, ap);
    va_end(ap);
    return r;
}

int main(void)
{
    int a = 0, b = 0;
    char word[16] = "";
    wchar_t buffer[32];
    printf("%d\n", print("%d %s %c %.2f %ld %p\n", 1, "two", '3', 4.0, 5L, (void *)6));
    printf("%d\n", print_twice(stdout, "<%s|%5d>", "twice", 42));
    char *text = made("%s-%d-%s", "made", 7, "here");
    puts(text);
    free(text);
    text = allocated("%0*d %Lf", 8, 123, 1.5L);
    puts(text);
    free(text);
    printf("%d\n", rest_after(2, 10, 20, "%s and %d\n", "the rest", 3));
    int n = read_from("12 word 34", "%d %15s %d", &a, word, &b);
    printf("%d %d %s %d\n", n, a, word, b);
    n = wide(buffer, 32, L"%ls %d %s", L"wide", 5, "narrow");
    printf("%d [%ls]\n", n, buffer);
    n = wide_read(L"9 x", L"%d %ls", &a, buffer);
    printf("%d %d [%ls]\n", n, a, buffer);
    n = formatted(word, "%s%d", "f", 12);
    printf("%d %s\n", n, word);
    fflush(stdout);
    n = written(1, "%s %x\n", "written", 255);
    printf("%d\n", n);
    warnx("a warning %d", 5);
    return 0;
}
