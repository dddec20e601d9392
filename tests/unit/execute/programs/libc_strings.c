/* The string wrappers on blocks that end exactly where the strings do, against libc's functions on
 * copies: the same results, and no finding. Random, but always the same. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "program.h"

typedef struct fh_ptr ptr;
u64 fhw_strlen(const char *, u64), fhw_strnlen(const char *, u64, u64);
u64 fhw_strspn(const char *, u64, const char *, u64), fhw_strcspn(const char *, u64, const char *, u64);
int fhw_strcmp(const char *, u64, const char *, u64);
int fhw_strncmp(const char *, u64, const char *, u64, u64);
int fhw_strcasecmp(const char *, u64, const char *, u64);
int fhw_memcmp(const void *, u64, const void *, u64, u64);
ptr fhw_strchr(const char *, u64, int), fhw_strrchr(const char *, u64, int);
ptr fhw_strchrnul(const char *, u64, int), fhw_memchr(const void *, u64, int, u64);
ptr fhw_strstr(const char *, u64, const char *, u64), fhw_strpbrk(const char *, u64, const char *, u64);
ptr fhw_strcpy(char *, u64, const char *, u64), fhw_strcat(char *, u64, const char *, u64);
ptr fhw_strncat(char *, u64, const char *, u64, u64), fhw_stpncpy(char *, u64, const char *, u64, u64);
ptr fhw_strtok_r(char *, u64, const char *, u64, char **, u64);

static u64 bad;

static void same(long got, long wanted)
{
    bad += got != wanted;
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static char *random_text(char *to)
{
    int n = rand() % 20;
    for (int i = 0; i < n; i++)
        to[i] = "abAB"[rand() % 4];
    to[n] = 0;
    return to;
}

static ptr block(const char *text)
{
    u64 n = strlen(text) + 1;
    ptr made = fh_malloc(n);
    memcpy(made.p, text, n);
    fh_shadow_set(made.p, n);
    return made;
}

static void at(ptr got, ptr base, const char *wanted, const char *text)
{
    same(got.p ? (char *)got.p - (char *)base.p : -1, wanted ? wanted - text : -1);
    same(got.h == base.h, wanted != 0);
}

static void searching(ptr a, const char *s, ptr b, const char *t, u64 k, int c)
{
    same((long)fhw_strlen(a.p, a.h), (long)strlen(s));
    same((long)fhw_strnlen(a.p, a.h, k), (long)strnlen(s, k));
    same((long)fhw_strspn(a.p, a.h, b.p, b.h), (long)strspn(s, t));
    same((long)fhw_strcspn(a.p, a.h, b.p, b.h), (long)strcspn(s, t));
    same(sign(fhw_strcmp(a.p, a.h, b.p, b.h)), sign(strcmp(s, t)));
    same(sign(fhw_strncmp(a.p, a.h, b.p, b.h, k)), sign(strncmp(s, t, k)));
    same(sign(fhw_strcasecmp(a.p, a.h, b.p, b.h)), sign(strcasecmp(s, t)));
    at(fhw_strchr(a.p, a.h, c), a, strchr(s, c), s);
    at(fhw_strrchr(a.p, a.h, c), a, strrchr(s, c), s);
    at(fhw_strchrnul(a.p, a.h, c), a, strchrnul(s, c), s);
    at(fhw_strstr(a.p, a.h, b.p, b.h), a, strstr(s, t), s);
    at(fhw_strpbrk(a.p, a.h, b.p, b.h), a, strpbrk(s, t), s);
    u64 n = k <= strlen(s) ? k : strlen(s) + 1;
    at(fhw_memchr(a.p, a.h, c, n), a, memchr(s, c, n), s);
    n = n <= strlen(t) ? n : strlen(t) + 1;
    same(sign(fhw_memcmp(a.p, a.h, b.p, b.h, n)), sign(memcmp(s, t, n)));
}

static void copying(ptr a, const char *s, ptr b, const char *t, u64 k)
{
    char copy[128];
    u64 more = strnlen(t, k);
    ptr to = fh_malloc(strlen(s) + more + 1);
    fhw_strcpy(to.p, to.h, a.p, a.h);
    fhw_strncat(to.p, to.h, b.p, b.h, k);
    strncat(strcpy(copy, s), t, k);
    same(strcmp(to.p, copy), 0);
    same((long)fh_uninit_at(to.p, strlen(copy) + 1), (long)strlen(copy) + 1);
    fh_free(to.p, to.h);
    to = fh_malloc(k + 1);
    same((char *)fhw_stpncpy(to.p, to.h, a.p, a.h, k).p - (char *)to.p, stpncpy(copy, s, k) - copy);
    same(memcmp(to.p, copy, k), 0);
    fh_free(to.p, to.h);
}

static void cutting(ptr a, const char *s, ptr b, const char *t)
{
    char copy[128], *rest, *wanted = strtok_r(strcpy(copy, s), t, &rest);
    ptr save = fh_malloc(8), got = fhw_strtok_r(a.p, a.h, b.p, b.h, save.p, save.h);
    while (wanted && got.p) {
        same((char *)got.p - (char *)a.p, wanted - copy);
        same(strcmp(got.p, wanted), 0);
        wanted = strtok_r(0, t, &rest);
        got = fhw_strtok_r(0, 0, b.p, b.h, save.p, save.h);
    }
    same(got.p != 0, wanted != 0);
    fh_free(save.p, save.h);
}

static i32 start(void)
{
    char s[32], t[32];
    for (int i = 0; i < 20000; i++) {
        u64 k = (u64)rand() % 24;
        int c = k ? "abABx"[rand() % 5] : 0;
        ptr a = block(random_text(s)), b = block(random_text(t));
        searching(a, s, b, t, k, c);
        copying(a, s, b, t, k);
        cutting(a, s, b, t);
        fh_free(a.p, a.h);
        fh_free(b.p, b.h);
    }
    return bad != 0;
}
