/* ctype.h, getopt.h, libgen.h, pwd.h, grp.h, netdb.h, sys/socket.h, iconv.h, ... */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <execinfo.h>
#include <getopt.h>
#include <grp.h>
#include <iconv.h>
#include <libgen.h>
#include <netdb.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "libc_support.h"

/* --------------------------------------------------------------------------------------- ctype */

/* An argument must be EOF or an unsigned char; glibc's tables also bear a signed char. */
static int in_range(const char *function, int c)
{
    if (FH_LIKELY(c >= -1 && c <= 255))
        return 1;
    fl_report(605, function, "an argument of %d, which is neither EOF nor an unsigned char", c);
    return c >= -128 && c < 0;
}

#define CTYPE(name)                                                                                \
    int fhw_##name(int c)                                                                          \
    {                                                                                              \
        return in_range(#name, c) ? name(c) : 0;                                                   \
    }

CTYPE(isalnum)
CTYPE(isalpha)
CTYPE(isblank)
CTYPE(iscntrl)
CTYPE(isdigit)
CTYPE(isgraph)
CTYPE(islower)
CTYPE(isprint)
CTYPE(ispunct)
CTYPE(isspace)
CTYPE(isupper)
CTYPE(isxdigit)

/* tolower and toupper leave other values as they are. */
int fhw_tolower(int c)
{
    in_range("tolower", c);
    return tolower(c);
}

int fhw_toupper(int c)
{
    in_range("toupper", c);
    return toupper(c);
}

const unsigned short **__ctype_b_loc(void);
const int **__ctype_tolower_loc(void);
const int **__ctype_toupper_loc(void);

/* The tables of glibc's macros: 384 entries, from -128 on. */
static struct fh_ptr table(const void *const *place, u64 entry)
{
    u64 first = (u64)*place - 128 * entry;
    struct fh_ptr all = fl_own((const void *)first, 384 * entry);
    struct fh_ptr result = fl_own(place, sizeof *place);
    fl_store((void *)place, *place, all.h);
    return result;
}

struct fh_ptr fhw___ctype_b_loc(void)
{
    return table((const void *const *)__ctype_b_loc(), sizeof(unsigned short));
}

struct fh_ptr fhw___ctype_tolower_loc(void)
{
    return table((const void *const *)__ctype_tolower_loc(), sizeof(int));
}

struct fh_ptr fhw___ctype_toupper_loc(void)
{
    return table((const void *const *)__ctype_toupper_loc(), sizeof(int));
}

/* -------------------------------------------------------------------------------------- getopt */

/* getopt moves the pointers of argv about: their handles follow. */
static void permuted(char *const *argv, char *const *before, const u64 *handles, int n)
{
    for (int i = 0; i < n; i++) {
        int j = i;
        if (argv[i] == before[i])
            continue;
        for (j = 0; j < n && before[j] != argv[i]; j++)
            continue;
        fl_store((void *)&argv[i], argv[i], j < n ? handles[j] : FH_FOREIGN_HANDLE);
    }
}

/* The handle of the argument that holds p. */
static struct fh_ptr within(char *const *before, const u64 *handles, int n, char *p)
{
    for (int i = 0; p && i < n; i++)
        if (before[i] && p >= before[i] && p <= before[i] + strlen(before[i]))
            return fl_ptr(p, handles[i]);
    return fl_ptr(p, FH_FOREIGN_HANDLE);
}

static int long_options(const struct option *longs, u64 h)
{
    int n = 0;
    for (;; n++) {
        struct fh_ptr name;
        if (!fl_in(longs + n, h, sizeof *longs))
            return 0;
        name = fl_load(&longs[n].name);
        if (!name.p)
            return 1;
        if (!fl_string((const void **)&name.p, name.h, 1))
            return 0;
    }
}

typedef int get_option(int, char *const *, const char *, const struct option *, int *);

static int get_short(int argc, char *const *argv, const char *options, const struct option *longs,
                     int *index)
{
    (void)longs, (void)index;
    return getopt(argc, argv, options);
}

static int next_option(int argc, char *const *argv, u64 argv_h, const char *options, u64 options_h,
                       const struct option *longs, int *index, get_option *get)
{
    u64 n = argc > 0 ? (u64)argc : 0;
    char **before;
    u64 *handles;
    struct fh_ptr argument;
    int result;
    if (!fl_string((const void **)&options, options_h, 1) ||
        !fl_in(argv, argv_h, n * sizeof *argv))
        return fl_refuse(), -1;
    before = malloc((n + 1) * sizeof *before);
    handles = malloc((n + 1) * sizeof *handles);
    for (u64 i = 0; i < n; i++) {
        struct fh_ptr item = fl_load(&argv[i]);
        before[i] = item.p;
        handles[i] = item.h;
    }
    result = get(argc, argv, options, longs, index);
    permuted(argv, before, handles, (int)n);
    argument = within(before, handles, (int)n, optarg);
    fl_store(&optarg, argument.p, argument.h);
    free(before);
    free(handles);
    return result;
}

int fhw_getopt(int argc, char *const *argv, u64 argv_h, const char *options, u64 options_h)
{
    return next_option(argc, argv, argv_h, options, options_h, 0, 0, get_short);
}

static int next_long(int argc, char *const *argv, u64 argv_h, const char *options, u64 options_h,
                     const struct option *longs, u64 longs_h, int *index, u64 index_h,
                     get_option *get)
{
    int found = -1, result;
    struct fh_ptr flag;
    if ((longs && !long_options(longs, longs_h)) || (index && !fl_out(index, index_h, sizeof *index)))
        return fl_refuse(), -1;
    result = next_option(argc, argv, argv_h, options, options_h, longs, &found, get);
    if (found < 0)
        return result;
    if (index) {
        *index = found;
        fl_wrote(index, sizeof *index);
    }
    flag = fl_load(&longs[found].flag);
    if (flag.p && !result)
        fl_wrote(flag.p, fl_writable(flag.p, flag.h, sizeof(int)));
    return result;
}

int fhw_getopt_long(int argc, char *const *argv, u64 argv_h, const char *options, u64 options_h,
                    const struct option *longs, u64 longs_h, int *index, u64 index_h)
{
    return next_long(argc, argv, argv_h, options, options_h, longs, longs_h, index, index_h,
                     getopt_long);
}

int fhw_getopt_long_only(int argc, char *const *argv, u64 argv_h, const char *options,
                         u64 options_h, const struct option *longs, u64 longs_h, int *index,
                         u64 index_h)
{
    return next_long(argc, argv, argv_h, options, options_h, longs, longs_h, index, index_h,
                     getopt_long_only);
}

/* -------------------------------------------------------------------------------------- libgen */

static struct fh_ptr part(char *path, u64 h, char *(*cut)(char *))
{
    const void *text = path;
    char *found;
    if (path)
        fl_length(&text, h, 1, FL_NO_LIMIT);
    if (text != path || (path && *path && !fl_out(path, h, 1)))
        return fl_ptr(path, h);
    found = cut(path);
    if (path && found >= path && found <= path + strlen(path))
        return fl_ptr(found, h);
    return fl_own_text(found);
}

struct fh_ptr fhw_dirname(char *path, u64 h)
{
    return part(path, h, dirname);
}

struct fh_ptr fhw___xpg_basename(char *path, u64 h)
{
    return part(path, h, __xpg_basename);
}

/* ----------------------------------------------------------------------------------- execinfo */

int fhw_backtrace(void **to, u64 h, int n)
{
    u64 fits = n > 0 ? fl_writable(to, h, (u64)n * sizeof *to) / sizeof *to : 0;
    int found = fits ? backtrace(to, (int)fits) : 0;
    for (int i = 0; i < found; i++)
        fl_store(&to[i], to[i], FH_FOREIGN_HANDLE);
    return found;
}

struct fh_ptr fhw_backtrace_symbols(void *const *from, u64 h, int n)
{
    char **made;
    struct fh_ptr block;
    u64 bytes = n > 0 ? (u64)n * sizeof *made : 0, texts = 0;
    if (!fl_in(from, h, bytes))
        return fl_ptr(0, 0);
    made = backtrace_symbols(from, n);
    for (int i = 0; made && i < n; i++)
        texts += strlen(made[i]) + 1;
    block = made ? fh_malloc(bytes + texts) : fl_ptr(0, 0);
    if (block.p) {
        char *at = (char *)block.p + bytes;
        for (int i = 0; i < n; i++) {
            u64 size = strlen(made[i]) + 1;
            memcpy(at, made[i], size);
            fl_wrote(at, size);
            fl_store((char **)block.p + i, at, block.h);
            at += size;
        }
    }
    free(made);
    return block;
}

void fhw_backtrace_symbols_fd(void *const *from, u64 h, int n, int fd)
{
    if (n > 0 && fl_in(from, h, (u64)n * sizeof *from))
        backtrace_symbols_fd(from, n, fd);
}

/* ----------------------------------------------------------------------------------- users, groups */

static void own_slot(char **slot)
{
    struct fh_ptr one = fl_own_text(*slot);
    fl_store(slot, one.p, one.h);
}

static struct fh_ptr user(struct passwd *found)
{
    struct fh_ptr result = fl_own(found, sizeof *found);
    if (found) {
        own_slot(&found->pw_name);
        own_slot(&found->pw_passwd);
        own_slot(&found->pw_gecos);
        own_slot(&found->pw_dir);
        own_slot(&found->pw_shell);
    }
    return result;
}

struct fh_ptr fhw_getpwnam(const char *name, u64 h)
{
    return fl_string((const void **)&name, h, 1) ? user(getpwnam(name)) : fl_ptr(0, 0);
}

struct fh_ptr fhw_getpwuid(uid_t id)
{
    return user(getpwuid(id));
}

struct fh_ptr fhw_getpwent(void)
{
    return user(getpwent());
}

/* A list of strings that a null pointer ends. */
static void own_list(char ***slot)
{
    char **list = *slot;
    u64 n = 0;
    struct fh_ptr all;
    if (!list)
        return;
    while (list[n])
        n++;
    all = fl_own(list, (n + 1) * sizeof *list);
    fl_store(slot, all.p, all.h);
    for (u64 i = 0; i < n; i++)
        own_slot(&list[i]);
}

static struct fh_ptr group(struct group *found)
{
    struct fh_ptr result = fl_own(found, sizeof *found);
    if (found) {
        own_slot(&found->gr_name);
        own_slot(&found->gr_passwd);
        own_list(&found->gr_mem);
    }
    return result;
}

struct fh_ptr fhw_getgrnam(const char *name, u64 h)
{
    return fl_string((const void **)&name, h, 1) ? group(getgrnam(name)) : fl_ptr(0, 0);
}

struct fh_ptr fhw_getgrgid(gid_t id)
{
    return group(getgrgid(id));
}

/* ------------------------------------------------------------------------------------ the network */

static int socket_made(int fd)
{
    if (fd >= 0)
        fh_fd_open(fd, "socket");
    return fd;
}

int fhw_socket(int domain, int type, int protocol)
{
    return socket_made(socket(domain, type, protocol));
}

int fhw_socketpair(int domain, int type, int protocol, int *to, u64 h)
{
    int ends[2];
    if (!fl_out(to, h, sizeof ends))
        return fl_refuse(), -1;
    if (socketpair(domain, type, protocol, ends))
        return -1;
    to[0] = socket_made(ends[0]);
    to[1] = socket_made(ends[1]);
    fl_wrote(to, sizeof ends);
    return 0;
}

/* An address that the kernel fills in, up to *n bytes. The place to hand to it, or 0. */
static int address_place(void *address, u64 h, socklen_t *n, u64 n_h)
{
    return fl_inout(n, n_h, sizeof *n) && fl_out(address, h, *n);
}

static void address_filled(void *address, u64 room, const socklen_t *n)
{
    fl_wrote(address, fl_min(room, *n));
}

int fhw_accept4(int fd, struct sockaddr *address, u64 h, socklen_t *n, u64 n_h, int flags)
{
    u64 room;
    int result;
    if (!address)
        return socket_made(accept4(fd, 0, 0, flags));
    if (!address_place(address, h, n, n_h))
        return fl_refuse(), -1;
    room = *n;
    result = socket_made(accept4(fd, address, n, flags));
    if (result >= 0)
        address_filled(address, room, n);
    return result;
}

int fhw_accept(int fd, struct sockaddr *address, u64 h, socklen_t *n, u64 n_h)
{
    return fhw_accept4(fd, address, h, n, n_h, 0);
}

int fhw_getsockname(int fd, struct sockaddr *address, u64 h, socklen_t *n, u64 n_h)
{
    u64 room;
    int result;
    if (!address_place(address, h, n, n_h))
        return fl_refuse(), -1;
    room = *n;
    result = getsockname(fd, address, n);
    if (!result)
        address_filled(address, room, n);
    return result;
}

int fhw_getpeername(int fd, struct sockaddr *address, u64 h, socklen_t *n, u64 n_h)
{
    u64 room;
    int result;
    if (!address_place(address, h, n, n_h))
        return fl_refuse(), -1;
    room = *n;
    result = getpeername(fd, address, n);
    if (!result)
        address_filled(address, room, n);
    return result;
}

int fhw_getsockopt(int fd, int level, int option, void *to, u64 h, socklen_t *n, u64 n_h)
{
    u64 room;
    int result;
    if (!address_place(to, h, n, n_h))
        return fl_refuse(), -1;
    room = *n;
    result = getsockopt(fd, level, option, to, n);
    if (!result)
        address_filled(to, room, n);
    return result;
}

i64 fhw_recvfrom(int fd, void *to, u64 to_h, u64 n, int flags, struct sockaddr *address, u64 h,
                 socklen_t *m, u64 m_h)
{
    void *place;
    u64 room = 0;
    i64 got;
    if (!fl_size(FL_NAME, n) || (address && !address_place(address, h, m, m_h)))
        return fl_refuse(), -1;
    if (address)
        room = *m;
    place = fl_bounce(to, to_h, n);
    got = recvfrom(fd, place, place == to ? n : fl_min(n, FL_BOUNCE), flags, address,
                   address ? m : 0);
    fl_arrived(to, to_h, place, got > 0 ? (u64)got : 0);
    if (address && got >= 0)
        address_filled(address, room, m);
    return got;
}

struct fh_ptr fhw_inet_ntoa(const struct in_addr *address)
{
    static char own[16];
    const u8 *b = (const u8 *)address;
    fl_own(own, sizeof own);
    snprintf(own, sizeof own, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
    return fl_own(own, sizeof own);
}

struct fh_ptr fhw_inet_ntop(int family, const void *from, u64 from_h, char *to, u64 h, socklen_t n)
{
    char *place;
    const char *result;
    if (!fl_in(from, from_h, family == AF_INET6 ? 16 : 4))
        return fl_refuse(), fl_ptr(0, 0);
    place = fl_bounce(to, h, n);
    result = inet_ntop(family, from, place, n);
    fl_arrived(to, h, place, result ? strlen(place) + 1 : 0);
    return result ? fl_ptr(to, h) : fl_ptr(0, 0);
}

int fhw_inet_pton(int family, const char *s, u64 s_h, void *to, u64 h)
{
    u64 size = family == AF_INET6 ? 16 : 4;
    int result;
    if (!fl_string((const void **)&s, s_h, 1) || !fl_out(to, h, size))
        return fl_refuse(), -1;
    result = inet_pton(family, s, to);
    if (result == 1)
        fl_wrote(to, size);
    return result;
}

struct fh_ptr fhw_gethostbyname(const char *name, u64 h)
{
    struct hostent *found;
    struct fh_ptr result;
    if (!fl_string((const void **)&name, h, 1))
        return fl_ptr(0, 0);
    found = gethostbyname(name);
    result = fl_own(found, sizeof *found);
    if (!found)
        return result;
    own_slot(&found->h_name);
    own_list(&found->h_aliases);
    for (u64 i = 0;; i++) {
        struct fh_ptr one;
        fl_own(&found->h_addr_list[i], sizeof(char *));
        if (!found->h_addr_list[i])
            break;
        one = fl_own(found->h_addr_list[i], (u64)found->h_length);
        fl_store(&found->h_addr_list[i], one.p, one.h);
    }
    fl_store(&found->h_addr_list, found->h_addr_list, FH_FOREIGN_HANDLE);
    return result;
}

int fhw_getaddrinfo(const char *node, u64 node_h, const char *service, u64 service_h,
                    const struct addrinfo *hints, u64 hints_h, struct addrinfo **to, u64 to_h)
{
    struct addrinfo *list = 0;
    struct fh_ptr first = fl_ptr(0, 0);
    int result;
    if ((node && !fl_string((const void **)&node, node_h, 1)) ||
        (service && !fl_string((const void **)&service, service_h, 1)) ||
        (hints && !fl_in(hints, hints_h, 16)) || !fl_out(to, to_h, sizeof *to))
        return EAI_SYSTEM;
    result = getaddrinfo(node, service, hints, &list);
    if (result)
        return result;
    for (struct addrinfo *at = list, *before = 0; at; before = at, at = at->ai_next) {
        struct fh_ptr one = fl_own(at, sizeof *at), address;
        address = fl_own(at->ai_addr, at->ai_addrlen);
        fl_store(&at->ai_addr, address.p, address.h);
        own_slot(&at->ai_canonname);
        if (before)
            fl_store(&before->ai_next, one.p, one.h);
        else
            first = one;
    }
    fl_store(to, first.p, first.h);
    return 0;
}

static void forget(const void *p)
{
    u64 h = p ? fh_resolve(p) : FH_NULL_HANDLE;
    if (FH_DESC(h)->kind == FH_STATIC)
        fh_unregister(h);
}

void fhw_freeaddrinfo(struct addrinfo *list, u64 h)
{
    if (!list || !fl_readable(list, h, sizeof *list))
        return;
    for (struct addrinfo *at = list; at; at = at->ai_next) {
        forget(at->ai_addr);
        forget(at->ai_canonname);
        forget(at);
    }
    freeaddrinfo(list);
}

/* --------------------------------------------------------------------------------------- iconv */

struct fh_ptr fhw_iconv_open(const char *to, u64 to_h, const char *from, u64 from_h)
{
    if (!fl_string((const void **)&to, to_h, 1) || !fl_string((const void **)&from, from_h, 1))
        return fl_ptr((const void *)-1, FH_FOREIGN_HANDLE);
    return fl_ptr(iconv_open(to, from), FH_FOREIGN_HANDLE);
}

u64 fhw_iconv(iconv_t converter, u64 converter_h, char **from, u64 from_h, size_t *n, u64 n_h,
              char **to, u64 to_h, size_t *m, u64 m_h)
{
    struct fh_ptr source = fl_ptr(0, 0), target = fl_ptr(0, 0);
    char *in, *out, *place = 0;
    u64 result;
    (void)converter_h;
    if (from && fl_inout(from, from_h, sizeof *from))
        source = fl_load(from);
    if (to && fl_inout(to, to_h, sizeof *to))
        target = fl_load(to);
    if ((source.p && (!fl_inout(n, n_h, sizeof *n) || !fl_in(source.p, source.h, *n))) ||
        (target.p && !fl_inout(m, m_h, sizeof *m)))
        return fl_refuse(), (u64)-1;
    in = source.p;
    if (target.p)
        place = fl_bounce(target.p, target.h, *m);
    out = place;
    result = iconv(converter, source.p ? &in : 0, n, target.p ? &out : 0, m);
    if (source.p)
        fl_store(from, in, source.h);
    if (target.p) {
        u64 made = (u64)(out - place);
        fl_arrived(target.p, target.h, place, made);
        fl_store(to, (char *)target.p + made, target.h);
    }
    return result;
}

int fhw_iconv_close(iconv_t converter, u64 h)
{
    (void)h;
    return iconv_close(converter);
}
