/* string.h and strings.h. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static void show(const char *what, const char *base, const char *at)
{
    if (at)
        printf("%s %ld\n", what, (long)(at - base));
    else
        printf("%s null\n", what);
}

static void copying(void)
{
    char a[40] = "", b[40] = "";
    printf("[%s]\n", strcpy(a, "hello"));
    printf("%ld\n", (long)(stpcpy(b, "world") - b));
    printf("[%s]\n", strcat(strcat(a, ", "), b));
    printf("[%s]\n", strncat(a, "!!!!!", 2));
    memset(b, '#', sizeof b - 1);
    strncpy(b, "abc", 6);
    printf("[%s] %d %d\n", b, b[5], b[6]);
    memset(b, '#', sizeof b - 1);
    strncpy(b, "abcdef", 3);
    printf("[%.6s]\n", b);
    printf("%ld\n", (long)(stpncpy(b, "xy", 5) - b));
    memcpy(a, "0123456789", 11);
    memmove(a + 2, a, 5);
    printf("[%s]\n", a);
    printf("[%s]\n", (char *)memmove(a, a + 3, 4));
    printf("%ld\n", (long)((char *)mempcpy(b, "qq", 2) - b));
    show("memccpy", b, memccpy(b, "find:me", ':', 7));
    show("memccpy", b, memccpy(b, "find", ':', 4));
    memset(a, 'z', 3);
    printf("[%s]\n", a);
    bzero(a, 2);
    printf("%d %d %c\n", a[0], a[1], a[2]);
    swab("abcdef", b, 6);
    printf("[%.6s]\n", b);
    char *d = strdup("duplicate"), *n = strndup("duplicate", 4);
    printf("[%s] [%s]\n", d, n);
    free(d);
    free(n);
}

static void comparing(void)
{
    const char *pairs[][2] = {{"", ""}, {"a", ""}, {"abc", "abd"}, {"abc", "abc"}, {"abcd", "abc"},
                              {"ABC", "abc"}, {"\xff", "a"}, {"file10", "file9"}};
    for (unsigned i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *a = pairs[i][0], *b = pairs[i][1];
        printf("%d %d %d %d %d %d %d\n", sign(strcmp(a, b)), sign(strncmp(a, b, 2)),
               sign(strcasecmp(a, b)), sign(strncasecmp(a, b, 2)), sign(strcoll(a, b)),
               sign(strverscmp(a, b)), sign(memcmp(a, b, strlen(a) < strlen(b) ? strlen(a)
                                                                             : strlen(b))));
    }
    printf("%d %d\n", strncmp("abc", "abd", 0), strncmp("abc", "abd", 100) < 0);
}

static void searching(void)
{
    const char *s = "hello, world";
    show("strchr", s, strchr(s, 'o'));
    show("strchr", s, strchr(s, 0));
    show("strchr", s, strchr(s, 'z'));
    show("strrchr", s, strrchr(s, 'o'));
    show("strchrnul", s, strchrnul(s, 'z'));
    show("strstr", s, strstr(s, "wor"));
    show("strstr", s, strstr(s, ""));
    show("strstr", s, strstr(s, "word"));
    show("strcasestr", s, strcasestr(s, "WOR"));
    show("strpbrk", s, strpbrk(s, "xyw,"));
    show("strpbrk", s, strpbrk(s, "xyz"));
    show("memchr", s, memchr(s, 'w', 12));
    show("memchr", s, memchr(s, 'w', 5));
    show("memrchr", s, memrchr(s, 'l', 12));
    show("rawmemchr", s, rawmemchr(s, ','));
    show("memmem", s, memmem(s, 12, "ld", 2));
    show("index", s, index(s, 'l'));
    show("rindex", s, rindex(s, 'l'));
    printf("%zu %zu %zu %zu\n", strspn(s, "ehlo"), strcspn(s, ", "), strspn(s, ""), strcspn(s, ""));
    printf("%zu %zu %zu\n", strlen(s), strnlen(s, 5), strnlen(s, 50));
    printf("%d %d %d\n", ffs(0), ffs(8), ffsll(1LL << 40));
    printf("[%s] [%s]\n", basename("/usr/lib/libc.so"), basename("plain"));
}

static void cutting(void)
{
    char text[] = "  one two,,three  ", *save, *t;
    for (t = strtok(text, " ,"); t; t = strtok(NULL, " ,"))
        printf("[%s]", t);
    printf("\n");
    char nested[] = "a=1;b=2;c", *pair;
    for (pair = strtok_r(nested, ";", &save); pair; pair = strtok_r(NULL, ";", &save)) {
        char *inner, *key = strtok_r(pair, "=", &inner), *value = strtok_r(NULL, "=", &inner);
        printf("%s->%s ", key, value ? value : "none");
    }
    printf("\n");
    char fields[] = "x::y:", *rest = fields;
    while ((t = strsep(&rest, ":")))
        printf("<%s>", t);
    printf("\n");
    char empty[] = "";
    printf("%d\n", strtok(empty, " ") == NULL);
}

static void messages(void)
{
    char buffer[80];
    printf("%s / %s\n", strerror(ENOENT), strerror(EINVAL));
    printf("%s\n", strerror_r(EACCES, buffer, sizeof buffer));
    printf("%s\n", strsignal(11));
    printf("%s\n", strerror(99999));
    size_t n = strxfrm(buffer, "transform", sizeof buffer);
    printf("%zu [%s]\n", n, buffer);
    printf("%zu\n", strxfrm(NULL, "transform", 0));
}

static void classes(void)
{
    static const char *names[] = {"alnum", "alpha", "blank", "cntrl", "digit", "graph",
                                  "lower", "print", "punct", "space", "upper", "xdigit"};
    static int (*const tests[])(int) = {isalnum, isalpha, isblank, iscntrl, isdigit, isgraph,
                                        islower, isprint, ispunct, isspace, isupper, isxdigit};
    for (unsigned k = 0; k < 12; k++) {
        unsigned long sum = 0;
        for (int c = -1; c < 256; c++)
            sum = sum * 31 + (tests[k](c) != 0);
        printf("%s %lu\n", names[k], sum);
    }
    for (int c = '@'; c < '~'; c += 5)
        printf("%c%c%d%d ", toupper(c), tolower(c), isalpha(c) != 0, isdigit(c) != 0);
    printf("%d %d %d\n", toupper(EOF), isspace(EOF), isascii(200));
}

int main(void)
{
    copying();
    comparing();
    searching();
    cutting();
    messages();
    classes();
    return 0;
}
