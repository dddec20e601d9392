/* sys/stat.h, dirent.h, glob.h, ftw.h. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "libc_support.h"

/* --------------------------------------------------------------------------------------- stat */

/* Older versions of glibc have these only inline: the system is called instead. */
int fhw_fstatat(int fd, const char *path, u64 path_h, struct stat *to, u64 to_h, int flags)
{
    int result;
    if (!fl_string((const void **)&path, path_h, 1) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    result = (int)syscall(SYS_newfstatat, fd, path, to, flags);
    if (!result)
        fl_wrote(to, sizeof *to);
    return result;
}

int fhw_stat(const char *path, u64 path_h, struct stat *to, u64 to_h)
{
    return fhw_fstatat(AT_FDCWD, path, path_h, to, to_h, 0);
}

int fhw_lstat(const char *path, u64 path_h, struct stat *to, u64 to_h)
{
    return fhw_fstatat(AT_FDCWD, path, path_h, to, to_h, AT_SYMLINK_NOFOLLOW);
}

int fhw_fstat(int fd, struct stat *to, u64 to_h)
{
    int result;
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    result = (int)syscall(SYS_fstat, fd, to);
    if (!result)
        fl_wrote(to, sizeof *to);
    return result;
}

int fhw_mknodat(int fd, const char *path, u64 h, mode_t mode, dev_t device)
{
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), -1;
    return (int)syscall(SYS_mknodat, fd, path, mode, device);
}

int fhw_mknod(const char *path, u64 h, mode_t mode, dev_t device)
{
    return fhw_mknodat(AT_FDCWD, path, h, mode, device);
}

/* -------------------------------------------------------------------------------- directories */

/* An open directory. The program sees a copy of the entry, which has a handle. */
struct directory {
    DIR *dir; /* 0: a free place */
    u64 h;
    struct dirent entry;
    struct fh_ptr seen;
    struct directory *next;
};

static struct directory *directories;

static struct directory *find_directory(const DIR *dir)
{
    struct directory *found = directories;
    while (found && found->dir != dir)
        found = found->next;
    return found;
}

static struct fh_ptr opened(DIR *dir)
{
    struct directory *place = find_directory(0);
    if (!dir)
        return fl_ptr(0, 0);
    if (!place) {
        place = calloc(1, sizeof *place);
        if (!place)
            return fl_ptr(dir, FH_FOREIGN_HANDLE);
        place->next = directories;
        directories = place;
    }
    place->dir = dir;
    place->h = fh_register(dir, 1, FH_DIR);
    place->seen = fl_ptr(0, 0);
    return fl_ptr(dir, place->h);
}

struct fh_ptr fhw_opendir(const char *path, u64 h)
{
    return fl_string((const void **)&path, h, 1) ? opened(opendir(path))
                                                 : (fl_refuse(), fl_ptr(0, 0));
}

struct fh_ptr fhw_fdopendir(int fd)
{
    DIR *dir = fdopendir(fd);
    if (dir)
        fh_fd_close(fd); /* the directory has it now */
    return opened(dir);
}

int fhw_closedir(DIR *dir, u64 h)
{
    struct directory *place;
    if (!fl_directory(dir, h))
        return -1;
    place = find_directory(dir);
    if (place) {
        if (place->seen.p)
            fh_unregister(place->seen.h);
        fh_unregister(place->h);
        place->dir = 0;
    }
    return closedir(dir);
}

/* The part of an entry that libc fills in. */
static u64 entry_bytes(const struct dirent *entry)
{
    return offsetof(struct dirent, d_name) + strlen(entry->d_name) + 1;
}

struct fh_ptr fhw_readdir(DIR *dir, u64 h)
{
    struct directory *place;
    const struct dirent *entry;
    if (!fl_directory(dir, h))
        return fl_ptr(0, 0);
    entry = readdir(dir);
    place = find_directory(dir);
    if (!entry || !place)
        return fl_ptr(entry, FH_FOREIGN_HANDLE);
    if (!place->seen.p)
        place->seen =
            fl_ptr(&place->entry, fh_register(&place->entry, sizeof place->entry, FH_STATIC));
    memcpy(&place->entry, entry, entry_bytes(entry));
    fh_shadow_clear(&place->entry, sizeof place->entry);
    fl_wrote(&place->entry, entry_bytes(entry));
    return place->seen;
}

int fhw_readdir_r(DIR *dir, u64 h, struct dirent *to, u64 to_h, struct dirent **result,
                  u64 result_h)
{
    const struct dirent *entry;
    if (!fl_directory(dir, h) || !fl_out(to, to_h, offsetof(struct dirent, d_name)) ||
        !fl_out(result, result_h, sizeof *result))
        return EFAULT;
    errno = 0;
    entry = readdir(dir);
    if (entry && fl_out(to, to_h, entry_bytes(entry))) {
        memcpy(to, entry, entry_bytes(entry));
        fl_wrote(to, entry_bytes(entry));
    }
    fl_store(result, entry ? to : 0, to_h);
    return entry ? 0 : errno;
}

void fhw_rewinddir(DIR *dir, u64 h)
{
    if (fl_directory(dir, h))
        rewinddir(dir);
}

void fhw_seekdir(DIR *dir, u64 h, long at)
{
    if (fl_directory(dir, h))
        seekdir(dir, at);
}

long fhw_telldir(DIR *dir, u64 h)
{
    return fl_directory(dir, h) ? telldir(dir) : -1;
}

int fhw_dirfd(DIR *dir, u64 h)
{
    return fl_directory(dir, h) ? dirfd(dir) : -1;
}

/* ------------------------------------------------------------------------------------ scandir */

struct fh_ptr fhw_realloc(void *p, u64 h, u64 n);
void fhw_qsort(void *base, u64 h, u64 n, u64 size, int (*f)(const void *, const void *), u64 f_h);

static int chosen(struct fh_ptr entry, int (*filter)(const struct dirent *), u64 h)
{
    int (*inner)(void *, u64);
    if (!filter)
        return 1;
    inner = fh_callback(filter, h, FL_SIG_I_P);
    return inner ? inner(entry.p, entry.h) : filter(entry.p);
}

int fhw_scandir(const char *path, u64 path_h, struct dirent ***to, u64 to_h,
                int (*filter)(const struct dirent *), u64 filter_h,
                int (*compare)(const struct dirent **, const struct dirent **), u64 compare_h)
{
    struct fh_ptr list = fl_ptr(0, 0);
    struct dirent *found;
    int n = 0;
    DIR *dir;
    if (!fl_string((const void **)&path, path_h, 1) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    dir = opendir(path);
    if (!dir)
        return -1;
    while ((found = readdir(dir)) != 0) {
        u64 size = entry_bytes(found);
        struct fh_ptr entry = fh_malloc(size);
        if (!entry.p)
            break;
        memcpy(entry.p, found, size);
        fl_wrote(entry.p, size);
        if (!chosen(entry, filter, filter_h)) {
            fh_free(entry.p, entry.h);
            continue;
        }
        if (!(n & (n - 1)))
            list = fh_realloc(list.p, list.h, (u64)(n ? 2 * n : 1) * sizeof(void *));
        if (!list.p)
            break;
        fl_store((void **)list.p + n++, entry.p, entry.h);
    }
    closedir(dir);
    if (!list.p)
        list = fh_malloc(1);
    fl_store(to, list.p, list.h);
    if (compare)
        fhw_qsort(list.p, list.h, (u64)n, sizeof(void *),
                  (int (*)(const void *, const void *))compare, compare_h);
    return n;
}

int fhw_alphasort(const struct dirent **a, u64 a_h, const struct dirent **b, u64 b_h)
{
    struct fh_ptr x, y;
    if (!fl_in(a, a_h, sizeof *a) || !fl_in(b, b_h, sizeof *b))
        return 0;
    x = fl_load(a);
    y = fl_load(b);
    if (!fl_readable(x.p, x.h, 20) || !fl_readable(y.p, y.h, 20))
        return 0;
    return strcoll(((struct dirent *)x.p)->d_name, ((struct dirent *)y.p)->d_name);
}

/* --------------------------------------------------------------------------------------- glob */

int fhw_glob(const char *pattern, u64 pattern_h, int flags, int (*failed)(const char *, int),
             u64 failed_h, glob_t *to, u64 to_h)
{
    int result;
    u64 n;
    struct fh_ptr list;
    (void)failed_h;
    if (!fl_string((const void **)&pattern, pattern_h, 1) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), GLOB_ABORTED;
    result = glob(pattern, flags, failed, to);
    fl_wrote(to, sizeof *to);
    if (result)
        return result;
    n = to->gl_pathc + (flags & GLOB_DOOFFS ? to->gl_offs : 0);
    list = fl_own(to->gl_pathv, (n + 1) * sizeof(char *));
    fl_store(&to->gl_pathv, list.p, list.h);
    for (u64 i = 0; i < n; i++) {
        struct fh_ptr one = fl_own_text(to->gl_pathv[i]);
        fl_store(&to->gl_pathv[i], one.p, one.h);
    }
    return 0;
}

static void forget(const void *p)
{
    u64 h = p ? fh_resolve(p) : FH_NULL_HANDLE;
    if (FH_DESC(h)->kind == FH_STATIC)
        fh_unregister(h);
}

void fhw_globfree(glob_t *from, u64 h)
{
    if (!fl_inout(from, h, sizeof *from))
        return;
    for (u64 i = 0; from->gl_pathv && i < from->gl_pathc; i++)
        forget(from->gl_pathv[i]);
    forget(from->gl_pathv);
    globfree(from);
    fl_wrote(from, sizeof *from);
}

/* ---------------------------------------------------------------------------------------- ftw */

/* The program's function is called with libc's objects, which are made readable first. */
static void *visitor;
static u64 visitor_h;

static int visit(const char *path, const struct stat *status, int type)
{
    int (*inner)(const char *, u64, const struct stat *, u64, int);
    fl_reveal_text(path);
    fl_reveal(status, sizeof *status);
    inner = fh_callback(visitor, visitor_h, FL_SIG_I_PPI);
    if (inner)
        return inner(path, FH_FOREIGN_HANDLE, status, FH_FOREIGN_HANDLE, type);
    return ((int (*)(const char *, const struct stat *, int))visitor)(path, status, type);
}

static int visit_new(const char *path, const struct stat *status, int type, struct FTW *place)
{
    int (*inner)(const char *, u64, const struct stat *, u64, int, struct FTW *, u64);
    fl_reveal_text(path);
    fl_reveal(status, sizeof *status);
    fl_reveal(place, sizeof *place);
    inner = fh_callback(visitor, visitor_h, FL_SIG_I_PPIP);
    if (inner)
        return inner(path, FH_FOREIGN_HANDLE, status, FH_FOREIGN_HANDLE, type, place,
                     FH_FOREIGN_HANDLE);
    return ((int (*)(const char *, const struct stat *, int, struct FTW *))visitor)(path, status,
                                                                                    type, place);
}

int fhw_ftw(const char *path, u64 h, int (*f)(const char *, const struct stat *, int), u64 f_h,
            int depth)
{
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), -1;
    visitor = f;
    visitor_h = f_h;
    return ftw(path, visit, depth);
}

int fhw_nftw(const char *path, u64 h, int (*f)(const char *, const struct stat *, int, struct FTW *),
             u64 f_h, int depth, int flags)
{
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), -1;
    visitor = f;
    visitor_h = f_h;
    return nftw(path, visit_new, depth, flags);
}
