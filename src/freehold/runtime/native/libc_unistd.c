/* unistd.h, fcntl.h, sys/ioctl.h, sys/uio.h, sys/mman.h, messages of sys/socket.h: descriptors,
 * processes, mappings. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "libc_format.h"

/* Whether the program may use this descriptor: not our report channel. */
static int may_use(int fd)
{
    if (FH_LIKELY(!fh_own_fd(fd)))
        return 1;
    errno = EBADF;
    return 0;
}

static int made(int fd, const char *what)
{
    if (fd >= 0)
        fh_fd_open(fd, what);
    return fd;
}

/* ------------------------------------------------------------------------------ input, output */

i64 fhw_read(int fd, void *to, u64 h, u64 n)
{
    void *place;
    if (!may_use(fd) || !fl_size(FL_NAME, n))
        return -1;
    place = fl_bounce(to, h, n);
    i64 got = read(fd, place, place == to ? n : fl_min(n, FL_BOUNCE));
    fl_arrived(to, h, place, got > 0 ? (u64)got : 0);
    return got;
}

i64 fhw_pread(int fd, void *to, u64 h, u64 n, i64 offset)
{
    void *place;
    if (!may_use(fd) || !fl_size(FL_NAME, n))
        return -1;
    place = fl_bounce(to, h, n);
    i64 got = pread(fd, place, place == to ? n : fl_min(n, FL_BOUNCE), offset);
    fl_arrived(to, h, place, got > 0 ? (u64)got : 0);
    return got;
}

/* The part of the n bytes at `from` that may be written out. */
static u64 outgoing(const char *function, const void *from, u64 h, u64 n)
{
    u64 good = fl_size(function, n) ? fl_readable(from, h, n) : 0;
    fl_defined(from, h, good);
    return good;
}

i64 fhw_write(int fd, const void *from, u64 h, u64 n)
{
    fh_writes++;
    return may_use(fd) ? write(fd, from, outgoing(FL_NAME, from, h, n)) : -1;
}

i64 fhw_pwrite(int fd, const void *from, u64 h, u64 n, i64 offset)
{
    fh_writes++;
    return may_use(fd) ? pwrite(fd, from, outgoing(FL_NAME, from, h, n), offset) : -1;
}

/* The program's vector, its pieces checked for what will be done to them; 0 after a report. */
static struct iovec *pieces(const struct iovec *vector, u64 h, int n, int writes)
{
    struct iovec *copy;
    if (n <= 0 || n > IOV_MAX || !fl_in(vector, h, (u64)n * sizeof *vector))
        return 0;
    copy = malloc((u64)n * sizeof *copy);
    for (int i = 0; copy && i < n; i++) {
        struct fh_ptr base = fl_load(&vector[i].iov_base);
        u64 size = vector[i].iov_len;
        copy[i].iov_base = base.p;
        copy[i].iov_len = writes ? fl_writable(base.p, base.h, size)
                                 : outgoing("writev", base.p, base.h, size);
    }
    return copy;
}

i64 fhw_writev(int fd, const struct iovec *vector, u64 h, int n)
{
    struct iovec *copy = pieces(vector, h, n, 0);
    i64 result;
    if (!copy || !may_use(fd)) {
        free(copy);
        errno = EINVAL;
        return -1;
    }
    fh_writes++;
    result = writev(fd, copy, n);
    free(copy);
    return result;
}

i64 fhw_readv(int fd, const struct iovec *vector, u64 h, int n)
{
    struct iovec *copy = pieces(vector, h, n, 1);
    i64 result, left;
    if (!copy || !may_use(fd)) {
        free(copy);
        errno = EINVAL;
        return -1;
    }
    result = left = readv(fd, copy, n);
    for (int i = 0; i < n && left > 0; i++) {
        u64 here = fl_min((u64)left, copy[i].iov_len);
        fl_wrote(copy[i].iov_base, here);
        left -= (i64)here;
    }
    free(copy);
    return result;
}

/* Whether the fields of a message are set, and the name and control data that it names are there;
 * the flags are what the system says of a message that has come. */
static int message_ok(const struct msghdr *message, u64 h, int receives)
{
    struct fh_ptr name, control;
    if (fl_readable(message, h, sizeof *message) < sizeof *message)
        return 0;
    fl_defined(message, h, offsetof(struct msghdr, msg_namelen) + sizeof message->msg_namelen);
    fl_defined(&message->msg_iov, h,
               offsetof(struct msghdr, msg_flags) - offsetof(struct msghdr, msg_iov));
    name = fl_load(&message->msg_name);
    control = fl_load(&message->msg_control);
    if (receives)
        return (!name.p || fl_out(name.p, name.h, message->msg_namelen)) &&
               (!control.p || fl_out(control.p, control.h, message->msg_controllen));
    return (!name.p || fl_in(name.p, name.h, message->msg_namelen)) &&
           (!control.p || fl_readable(control.p, control.h, message->msg_controllen) ==
                              message->msg_controllen);
}

i64 fhw_sendmsg(int fd, const struct msghdr *message, u64 h, int flags)
{
    struct msghdr sent;
    i64 result;
    if (!may_use(fd) || !message_ok(message, h, 0))
        return fl_refuse(), -1;
    sent = *message;
    if (sent.msg_iovlen) {
        struct fh_ptr vector = fl_load(&message->msg_iov);
        sent.msg_iov = pieces(vector.p, vector.h, (int)fl_min(sent.msg_iovlen, INT_MAX), 0);
        if (!sent.msg_iov)
            return errno = EINVAL, -1;
    }
    fh_writes++;
    result = sendmsg(fd, &sent, flags);
    if (sent.msg_iovlen)
        free(sent.msg_iov);
    return result;
}

i64 fhw_recvmsg(int fd, struct msghdr *message, u64 h, int flags)
{
    struct msghdr got;
    i64 result, left;
    if (!may_use(fd) || !message_ok(message, h, 1))
        return fl_refuse(), -1;
    got = *message;
    if (got.msg_iovlen) {
        struct fh_ptr vector = fl_load(&message->msg_iov);
        got.msg_iov = pieces(vector.p, vector.h, (int)fl_min(got.msg_iovlen, INT_MAX), 1);
        if (!got.msg_iov)
            return errno = EINVAL, -1;
    }
    result = left = recvmsg(fd, &got, flags);
    for (u64 i = 0; i < got.msg_iovlen && left > 0; i++) {
        u64 here = fl_min((u64)left, got.msg_iov[i].iov_len);
        fl_wrote(got.msg_iov[i].iov_base, here);
        left -= (i64)here;
    }
    if (got.msg_iovlen)
        free(got.msg_iov);
    if (result >= 0) {
        fl_wrote(got.msg_name, got.msg_name ? fl_min(got.msg_namelen, message->msg_namelen) : 0);
        fl_wrote(got.msg_control, got.msg_control ? got.msg_controllen : 0);
        message->msg_namelen = got.msg_namelen;
        message->msg_controllen = got.msg_controllen;
        message->msg_flags = got.msg_flags;
        fl_wrote(&message->msg_flags, sizeof message->msg_flags);
    }
    return result;
}

/* ------------------------------------------------------------------------------- descriptors */

/* The mode among the arguments of open. */
static mode_t mode_of(const char *function, int flags, struct fh_varargs *rest)
{
    if (!(flags & O_CREAT) && (flags & O_TMPFILE) != O_TMPFILE)
        return 0;
    if (!rest->count) {
        fh_report_text(605, function, "O_CREAT without a mode");
        return 0;
    }
    return (mode_t)fl_integer(rest->items);
}

int fhw_open(const char *path, u64 h, int flags, struct fh_varargs *rest)
{
    mode_t mode = mode_of(FL_NAME, flags, rest);
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), -1;
    return made(open(path, flags, mode), path);
}

int fhw_openat(int fd, const char *path, u64 h, int flags, struct fh_varargs *rest)
{
    mode_t mode = mode_of(FL_NAME, flags, rest);
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), -1;
    return made(openat(fd, path, flags, mode), path);
}

int fhw_creat(const char *path, u64 h, mode_t mode)
{
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), -1;
    return made(creat(path, mode), path);
}

int fhw_close(int fd)
{
    if (!may_use(fd))
        return -1;
    fh_fd_close(fd);
    return close(fd);
}

int fhw_dup(int fd)
{
    return may_use(fd) ? made(dup(fd), "dup") : -1;
}

int fhw_dup2(int fd, int to)
{
    int result;
    if (!may_use(fd) || !may_use(to))
        return -1;
    result = dup2(fd, to);
    return to > 2 ? made(result, "dup2") : result;
}

int fhw_dup3(int fd, int to, int flags)
{
    return may_use(fd) && may_use(to) ? made(dup3(fd, to, flags), "dup3") : -1;
}

int fhw_pipe2(int *to, u64 h, int flags)
{
    int ends[2];
    if (!fl_out(to, h, sizeof ends))
        return fl_refuse(), -1;
    if (pipe2(ends, flags))
        return -1;
    to[0] = made(ends[0], "pipe");
    to[1] = made(ends[1], "pipe");
    fl_wrote(to, sizeof ends);
    return 0;
}

int fhw_pipe(int *to, u64 h)
{
    return fhw_pipe2(to, h, 0);
}

/* The single argument of fcntl and ioctl: an integer or a pointer, or none. */
static struct fh_ptr one_argument(const struct fh_varargs *rest)
{
    const struct fh_vararg *argument = rest->items;
    if (!rest->count)
        return fl_ptr(0, 0);
    if (FH_VT_CLASS(argument->type) == FH_VT_POINTER)
        return fl_pointer(argument);
    return fl_ptr((void *)fl_integer(argument), FH_FOREIGN_HANDLE);
}

int fhw_fcntl(int fd, int command, struct fh_varargs *rest)
{
    struct fh_ptr argument = one_argument(rest);
    if (!may_use(fd))
        return -1;
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return made(fcntl(fd, command, argument.p), "fcntl");
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
        if (!fl_in(argument.p, argument.h, sizeof(struct flock)) ||
            !fl_out(argument.p, argument.h, command == F_GETLK ? sizeof(struct flock) : 0))
            return fl_refuse(), -1;
        return fcntl(fd, command, argument.p);
    default:
        return fcntl(fd, command, argument.p);
    }
}

/* Requests that say how many bytes they read or write, and some old ones that do not. */
int fhw_ioctl(int fd, unsigned long request, struct fh_varargs *rest)
{
    struct fh_ptr argument = one_argument(rest);
    u64 size = (request >> 16) & 0x3fff, in = request >> 30 & 1, out = request >> 31 & 1;
    int result;
    if (!may_use(fd))
        return -1;
    if (request == FIONREAD || request == TIOCOUTQ || request == TIOCGPGRP)
        size = 4, out = 1;
    else if (request == FIONBIO || request == TIOCSPGRP)
        size = 4, in = 1;
    else if (request == TIOCGWINSZ)
        size = 8, out = 1;
    else if (request == TIOCSWINSZ)
        size = 8, in = 1;
    if ((in && !fl_in(argument.p, argument.h, size)) ||
        (out && !fl_out(argument.p, argument.h, size)))
        return fl_refuse(), -1;
    result = ioctl(fd, request, argument.p);
    if (out && result >= 0)
        fl_wrote(argument.p, size);
    else if (!in && !out && rest->count && argument.h != FH_FOREIGN_HANDLE)
        fh_expose(argument.p, argument.h);
    return result;
}

/* --------------------------------------------------------------------------------- directories */

struct fh_ptr fhw_getcwd(char *to, u64 h, u64 n)
{
    char *place;
    if (!to) {
        char *found = n ? malloc(n) : 0;
        char *result = getcwd(found, n);
        if (!result)
            free(found);
        return fl_adopt_text(result);
    }
    place = fl_bounce(to, h, n);
    if (!getcwd(place, n)) {
        fl_arrived(to, h, place, 0);
        return fl_ptr(0, 0);
    }
    fl_arrived(to, h, place, strlen(place) + 1);
    return fl_ptr(to, h);
}

struct fh_ptr fhw_get_current_dir_name(void)
{
    return fl_adopt_text(get_current_dir_name());
}

struct fh_ptr fhw_getwd(char *to, u64 h)
{
    char *found = getcwd(0, 0);
    if (!found)
        return fl_ptr(0, 0);
    fl_put(to, h, found, strlen(found), 1);
    free(found);
    return fl_ptr(to, h);
}

u64 fhw_confstr(int name, char *to, u64 h, u64 n)
{
    char *place = to ? fl_bounce(to, h, n) : 0;
    u64 result = confstr(name, place, to ? n : 0);
    if (to)
        fl_arrived(to, h, place, fl_min(result, n));
    return result;
}

/* ------------------------------------------------------------------------------------ processes */

int fhw_fork(void)
{
    return fh_fork();
}

int fhw_execve(const char *path, u64 path_h, char *const *argv, u64 argv_h, char *const *env,
               u64 env_h)
{
    char **arguments = fl_vector((void *)argv, argv_h), **variables;
    if (!fl_string((const void **)&path, path_h, 1) || !arguments)
        return fl_refuse(), -1;
    variables = env ? fl_vector((void *)env, env_h) : 0;
    return execve(path, arguments, variables);
}

int fhw_fexecve(int fd, char *const *argv, u64 argv_h, char *const *env, u64 env_h)
{
    char **arguments = fl_vector((void *)argv, argv_h);
    char **variables = fl_vector((void *)env, env_h);
    if (!arguments || !variables)
        return fl_refuse(), -1;
    return fexecve(fd, arguments, variables);
}

int fhw_execv(const char *path, u64 path_h, char *const *argv, u64 argv_h)
{
    char **arguments = fl_vector((void *)argv, argv_h);
    if (!fl_string((const void **)&path, path_h, 1) || !arguments)
        return fl_refuse(), -1;
    return execv(path, arguments);
}

int fhw_execvp(const char *path, u64 path_h, char *const *argv, u64 argv_h)
{
    char **arguments = fl_vector((void *)argv, argv_h);
    if (!fl_string((const void **)&path, path_h, 1) || !arguments)
        return fl_refuse(), -1;
    return execvp(path, arguments);
}

int fhw_execvpe(const char *path, u64 path_h, char *const *argv, u64 argv_h, char *const *env,
                u64 env_h)
{
    char **arguments = fl_vector((void *)argv, argv_h), **variables;
    if (!fl_string((const void **)&path, path_h, 1) || !arguments)
        return fl_refuse(), -1;
    variables = env ? fl_vector((void *)env, env_h) : 0;
    return execvpe(path, arguments, variables);
}

/* The arguments of execl: strings up to a null pointer. `after` receives what follows it. */
static char **listed(const char *function, const char *first, u64 first_h, struct fh_varargs *rest,
                     struct fh_ptr *after)
{
    char **vector = calloc((u64)rest->count + 2, sizeof *vector);
    u64 i = 0;
    if (!vector)
        return 0;
    *after = fl_ptr(0, 0);
    if (!first)
        return vector;
    fl_string((const void **)&first, first_h, 1);
    vector[0] = (char *)first;
    for (; i < rest->count; i++) {
        struct fh_ptr item = fl_pointer(&rest->items[i]);
        const void *text = item.p;
        if (!text)
            break;
        if (FH_VT_CLASS(rest->items[i].type) != FH_VT_POINTER)
            fh_report_text(605, function, "an argument is not a string");
        else if (fl_string(&text, item.h, 1))
            vector[i + 1] = (char *)text;
    }
    if (i == rest->count)
        fh_report_text(605, function, "no null pointer ends the arguments");
    else if (i + 1 < rest->count)
        *after = fl_pointer(&rest->items[i + 1]);
    return vector;
}

int fhw_execl(const char *path, u64 path_h, const char *first, u64 first_h, struct fh_varargs *rest)
{
    struct fh_ptr after;
    char **vector = listed(FL_NAME, first, first_h, rest, &after);
    if (!vector || !fl_string((const void **)&path, path_h, 1))
        return fl_refuse(), -1;
    return execv(path, vector);
}

int fhw_execlp(const char *path, u64 path_h, const char *first, u64 first_h,
               struct fh_varargs *rest)
{
    struct fh_ptr after;
    char **vector = listed(FL_NAME, first, first_h, rest, &after);
    if (!vector || !fl_string((const void **)&path, path_h, 1))
        return fl_refuse(), -1;
    return execvp(path, vector);
}

int fhw_execle(const char *path, u64 path_h, const char *first, u64 first_h,
               struct fh_varargs *rest)
{
    struct fh_ptr after;
    char **vector = listed(FL_NAME, first, first_h, rest, &after);
    if (!vector || !fl_string((const void **)&path, path_h, 1))
        return fl_refuse(), -1;
    return execve(path, vector, after.p ? fl_vector(after.p, after.h) : 0);
}

i64 fhw_syscall(i64 number, struct fh_varargs *rest)
{
    u64 values[6] = {0, 0, 0, 0, 0, 0};
    i64 result;
    for (u32 i = 0; i < rest->count && i < 6; i++)
        values[i] = (u64)fl_integer(&rest->items[i]);
    fh_note_native("syscall", "");
    result = syscall(number, values[0], values[1], values[2], values[3], values[4], values[5]);
    for (u32 i = 0; i < rest->count; i++) {
        struct fh_ptr argument = fl_pointer(&rest->items[i]);
        if (FH_VT_CLASS(rest->items[i].type) == FH_VT_POINTER && argument.p)
            fh_expose(argument.p, argument.h);
    }
    return result;
}

struct fh_ptr fhw_sbrk(i64 increment)
{
    void *old = sbrk(increment);
    if (old != (void *)-1 && increment > 0)
        fl_wrote(old, (u64)increment);
    return fl_ptr(old, FH_FOREIGN_HANDLE);
}

int fhw_brk(void *end, u64 h)
{
    (void)h;
    return brk(end);
}

/* ------------------------------------------------------------------------------------ mappings */

#define PAGE 4096ul

static u64 pages(u64 n)
{
    return (n + PAGE - 1) & ~(PAGE - 1);
}

struct fh_ptr fhw_mmap(void *hint, u64 hint_h, u64 n, int protection, int flags, int fd, i64 offset)
{
    void *p;
    (void)hint_h;
    if (!fl_size(FL_NAME, n))
        return errno = ENOMEM, fl_ptr(MAP_FAILED, FH_FOREIGN_HANDLE);
    p = mmap(hint, n, protection, flags, fd, offset);
    if (p == MAP_FAILED)
        return fl_ptr(p, FH_FOREIGN_HANDLE);
    fl_wrote(p, pages(n));
    return fl_ptr(p, fh_register(p, pages(n), FH_MMAP));
}

/* The pages p .. p + n go; what is left of the mapping keeps its descriptor if it begins it. */
static void unmapped(void *p, u64 h, u64 n)
{
    struct fh_desc *d;
    u64 base, size;
    if (FH_DESC(h)->kind != FH_MMAP)
        h = fh_resolve(p);
    d = FH_DESC(h);
    if (d->kind != FH_MMAP)
        return;
    base = FH_BASE(d);
    size = d->size;
    if ((u64)p > base) {
        d->size = (u64)p - base;
        if ((u64)p + n < base + size)
            fh_register((char *)p + n, base + size - (u64)p - n, FH_MMAP);
        return;
    }
    fh_unregister(h);
    if (n < size)
        fh_register((char *)p + n, size - n, FH_MMAP);
}

int fhw_munmap(void *p, u64 h, u64 n)
{
    if (!fh_room(p, h) && fl_readable(p, h, 1) < 1)
        return errno = EINVAL, -1;
    if (fh_room(p, h) < n)
        fl_report(605, FL_NAME, "%lu bytes, of which %lu are mapped here", n, fh_room(p, h));
    n = fl_min(pages(n), fh_room(p, h));
    if (munmap(p, n))
        return -1;
    unmapped(p, h, n);
    return 0;
}

/* Other calls for a range of pages need only that the range is the program's. */
static int range(void *p, u64 h, u64 n)
{
    return fl_readable(p, h, n) == n;
}

int fhw_mprotect(void *p, u64 h, u64 n, int protection)
{
    return range(p, h, n) ? mprotect(p, n, protection) : (errno = ENOMEM, -1);
}

int fhw_msync(void *p, u64 h, u64 n, int flags)
{
    return range(p, h, n) ? msync(p, n, flags) : (errno = ENOMEM, -1);
}

int fhw_madvise(void *p, u64 h, u64 n, int advice)
{
    return range(p, h, n) ? madvise(p, n, advice) : (errno = ENOMEM, -1);
}

int fhw_posix_madvise(void *p, u64 h, u64 n, int advice)
{
    return range(p, h, n) ? posix_madvise(p, n, advice) : ENOMEM;
}

int fhw_mlock(const void *p, u64 h, u64 n)
{
    return range((void *)p, h, n) ? mlock(p, n) : (errno = ENOMEM, -1);
}

int fhw_munlock(const void *p, u64 h, u64 n)
{
    return range((void *)p, h, n) ? munlock(p, n) : (errno = ENOMEM, -1);
}

struct fh_ptr fhw_mremap(void *p, u64 h, u64 n, u64 size, int flags, struct fh_varargs *rest)
{
    void *to = rest->count ? one_argument(rest).p : 0, *moved;
    if (!range(p, h, n))
        return errno = EFAULT, fl_ptr(MAP_FAILED, FH_FOREIGN_HANDLE);
    moved = mremap(p, n, size, flags, to);
    if (moved == MAP_FAILED)
        return fl_ptr(moved, FH_FOREIGN_HANDLE);
    if (moved == p && FH_DESC(h)->kind == FH_MMAP && FH_BASE(FH_DESC(h)) == (u64)p) {
        FH_DESC(h)->size = pages(size);
        fl_wrote(p, pages(size));
        return fl_ptr(p, h);
    }
    unmapped(p, h, pages(n));
    fl_wrote(moved, pages(size));
    return fl_ptr(moved, fh_register(moved, pages(size), FH_MMAP));
}

/* In older versions of glibc shm_open is in a library of its own. */
static int shared_path(char *to, u64 room, const char *name, u64 h)
{
    if (!fl_string((const void **)&name, h, 1))
        return fl_refuse(), 0;
    while (*name == '/')
        name++;
    if (*name && !strchr(name, '/') && (u64)snprintf(to, room, "/dev/shm/%s", name) < room)
        return 1;
    errno = EINVAL;
    return 0;
}

int fhw_shm_open(const char *name, u64 h, int flags, mode_t mode)
{
    char path[300];
    if (!shared_path(path, sizeof path, name, h))
        return -1;
    return made(open(path, flags | O_NOFOLLOW | O_CLOEXEC, mode), name);
}

int fhw_shm_unlink(const char *name, u64 h)
{
    char path[300];
    return shared_path(path, sizeof path, name, h) ? unlink(path) : -1;
}

int fhw_memfd_create(const char *name, u64 h, unsigned flags)
{
    return fl_string((const void **)&name, h, 1) ? made(memfd_create(name, flags), name)
                                                 : (fl_refuse(), -1);
}
