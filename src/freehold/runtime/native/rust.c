/* What Rust's std stands on: the heap by Layout, copies, panics, the system.
 *
 * A wrapper here is as those of libc; errors come back as -errno.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fh_core.h"
#include "libc_support.h"

/* What a panic carries to where it is caught. */
struct fh_ptr fh_panic;

/* ------------------------------------------------------------------------------ heap */

/* A live block has no stack of its release: there stands its alignment. */
#define MARK 0xfa110c00u

FH_INLINE u32 mark_of(u64 align) { return MARK | (u32)__builtin_ctzl(align | 1ul << 63); }

FH_INLINE struct fh_ptr marked(struct fh_ptr block, u64 align)
{
    if (FH_LIKELY(block.p != 0))
        FH_DESC(block.h)->free_stack = mark_of(align);
    return block;
}

/* Whether a block is to be aligned to `align` and no more; the heap's own are to 16. */
FH_INLINE int is_exact(u64 align) { return FH_UNLIKELY(fh_config.program->exact) && align < 16; }

struct fh_ptr fhw___freehold_alloc(u64 size, u64 align)
{
    return marked(is_exact(align) ? fh_exactly(align, size, 0) : fh_aligned(align, size), align);
}

struct fh_ptr fhw___freehold_alloc_zeroed(u64 size, u64 align)
{
    if (is_exact(align))
        return marked(fh_exactly(align, size, 1), align);
    if (align <= 16)
        return marked(fh_calloc(1, size), align);
    struct fh_ptr block = marked(fh_aligned(align, size), align);
    if (block.p) {
        memset(block.p, 0, size);
        if (!fh_proven)
            fh_wrote(block.p, block.h, size);
    }
    return block;
}

/* Whether h is that of a live block that begins at p: else releasing it is a fault of its own. */
FH_INLINE int is_block(const void *p, u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    return d->base_tag == FH_BASE_TAG(d, p, h) && d->kind == FH_HEAP;
}

FH_INLINE void check_layout(void *p, u64 h, u64 size, u64 align, const void *frame)
{
    struct fh_desc *d = FH_DESC(h);
    u32 mark = d->free_stack;
    if (FH_LIKELY(d->size == size && mark == mark_of(align)) || !is_block(p, h))
        return;
    fh_layout_fault(p, h, size, align, (mark & ~0xffu) == MARK ? 1ul << (mark & 0x3f) : 0, frame);
}

void fhw___freehold_dealloc(void *p, u64 h, u64 size, u64 align)
{
    if (fh_proven) {
        fh_free_proven(p);
        return;
    }
    check_layout(p, h, size, align, __builtin_frame_address(0));
    fh_free(p, h);
}

struct fh_ptr fhw___freehold_realloc(void *p, u64 h, u64 size, u64 align, u64 n)
{
    if (fh_proven) /* the pointer has not brought it along */
        h = fh_resolve(p);
    check_layout(p, h, size, align, __builtin_frame_address(0));
    if (align <= 16)
        return marked(fh_realloc(p, h, n), align);
    struct fh_ptr block = marked(fh_aligned(align, n), align);
    if (block.p) {
        u64 kept = fl_readable(p, h, fl_min(size, n));
        if (fh_proven)
            memcpy(block.p, p, kept);
        else
            fh_copy(block.p, block.h, p, h, kept);
        fh_free(p, h);
    }
    return block;
}

/* ------------------------------------------------------------------------------ ranges */

FH_COLD static int is_misaligned(const void *p, u64 h, u64 align)
{
    return ((u64)p & (align - 1)) != 0 && fh_ok(p, h, 1);
}

void *fh_range_read(const void *p, u64 h, u64 n, u64 align, u32 site)
{
    if (FH_LIKELY(fh_ok(p, h, n) && ((u64)p & (align - 1)) == 0) || !n)
        return (void *)p;
    return is_misaligned(p, h, align) ? fh_fault_aligned(p, h, n, align, 0, site)
                                      : fh_fault_read(p, h, n, site);
}

void *fh_range_write(void *p, u64 h, u64 n, u64 align, u32 site)
{
    if (FH_LIKELY(fh_ok(p, h, n) && ((u64)p & (align - 1)) == 0) || !n)
        return p;
    return is_misaligned(p, h, align) ? fh_fault_aligned(p, h, n, align, 1, site)
                                      : fh_fault_write(p, h, n, site);
}

void fh_apart(const void *to, const void *from, u64 n, u32 site)
{
    (void)site;
    if (FH_UNLIKELY((u64)to - (u64)from < n || (u64)from - (u64)to < n) && n)
        fl_overlap("copy_nonoverlapping", to, n, from, n);
}

/* ------------------------------------------------------------------------------ files */

static i64 outcome(i64 result) { return result < 0 ? -errno : result; }

/* The path of n bytes at p, with a NUL; 0 after a report, or if it cannot be one. */
static char *path_at(const void *p, u64 h, u64 n)
{
    if (!fl_in(p, h, n) || memchr(p, 0, n))
        return 0;
    char *path = malloc(n + 1);
    if (path) {
        memcpy(path, p, n);
        path[n] = 0;
    }
    return path;
}

static int may_use(int fd) { return fd >= 0 && !fh_own_fd(fd); }

i64 fhw___freehold_write(i32 fd, const void *from, u64 h, u64 n)
{
    if (!may_use(fd))
        return -EBADF;
    u64 good = fl_readable(from, h, n);
    fl_defined(from, h, good);
    fh_writes++;
    return outcome(write(fd, from, good));
}

i64 fhw___freehold_read(i32 fd, void *to, u64 h, u64 n)
{
    if (!may_use(fd))
        return -EBADF;
    void *place = fl_bounce(to, h, n);
    i64 got = outcome(read(fd, place, place == to ? n : fl_min(n, FL_BOUNCE)));
    fl_arrived(to, h, place, got > 0 ? (u64)got : 0);
    return got;
}

i32 fhw___freehold_open(const void *p, u64 h, u64 n, i32 flags, u32 mode)
{
    char *path = path_at(p, h, n);
    if (!path)
        return -EINVAL;
    i32 fd = (i32)outcome(open(path, flags, mode));
    if (fd >= 0)
        fh_fd_open(fd, path);
    free(path);
    return fd;
}

i32 fhw___freehold_close(i32 fd)
{
    if (!may_use(fd))
        return -EBADF;
    fh_fd_close(fd);
    return (i32)outcome(close(fd));
}

i64 fhw___freehold_seek(i32 fd, i64 offset, i32 whence)
{
    return may_use(fd) ? outcome(lseek(fd, offset, whence)) : -EBADF;
}

i32 fhw___freehold_unlink(const void *p, u64 h, u64 n)
{
    char *path = path_at(p, h, n);
    if (!path)
        return -EINVAL;
    i32 result = (i32)outcome(unlink(path));
    free(path);
    return result;
}

/* ------------------------------------------------------------------------------ process */

void fhw___freehold_exit(i32 status) { fh_exit(status); }

/* ------------------------------------------------------------------------------ threads */

static void (*bodies[FH_THREADS])(void);

static void run_body(void)
{
    bodies[fh_thread_now]();
    fh_thread_free(fh_thread_now);
}

u32 fhw___freehold_thread_new(void (*body)(void), u64 h)
{
    void (*entry)(void) = fh_proven ? body : fh_callback((void *)body, h, FL_SIG_V_V);
    u32 n = entry ? fh_thread_new(run_body) : 0;
    if (n)
        bodies[n] = entry;
    return n;
}

u32 fhw___freehold_thread_now(void) { return fh_thread_now; }

/* What the n bytes at p say is what this thread waits for. */
i32 fhw___freehold_thread_poll(const void *p, u64 h, u64 n)
{
    static char words[FH_THREADS][48];
    char *own = words[fh_thread_now];
    u64 kept = fl_min(fl_readable(p, h, n), sizeof words[0] - 1);
    memcpy(own, p, kept);
    own[kept] = 0;
    return fh_thread_poll(own);
}

void fhw___freehold_thread_go(void) { fh_thread_go(); }
void fhw___freehold_thread_yield(void) { fh_thread_yield(); }
void fhw___freehold_thread_point(void) { fh_thread_point(); }
void fhw___freehold_stuck(void) { fh_thread_stuck(); }

static struct fh_ptr text(const char *p, void *length, u64 length_h)
{
    u64 n = p ? strlen(p) : 0;
    if (fl_out(length, length_h, sizeof n)) {
        memcpy(length, &n, sizeof n);
        fl_wrote(length, sizeof n);
    }
    return p ? fl_own(p, n + 1) : fl_ptr(0, 0);
}

struct fh_ptr fhw___freehold_arg(u64 index, void *length, u64 length_h)
{
    return text(index < (u64)fh_config.argc ? fh_config.argv[index] : 0, length, length_h);
}

struct fh_ptr fhw___freehold_getenv(const void *p, u64 h, u64 n, void *length, u64 length_h)
{
    char *name = path_at(p, h, n);
    const char *value = name ? getenv(name) : 0;
    free(name);
    return text(value, length, length_h);
}

u64 fhw___freehold_clock(i32 clock)
{
    struct timespec now;
    clock_gettime(clock ? CLOCK_MONOTONIC : CLOCK_REALTIME, &now);
    return (u64)now.tv_sec * 1000000000ul + (u64)now.tv_nsec;
}

void fhw___freehold_sleep(u64 nanoseconds)
{
    if (fh_threads) {
        fh_thread_sleep(nanoseconds);
        return;
    }
    struct timespec wanted = {(i64)(nanoseconds / 1000000000ul), (i64)(nanoseconds % 1000000000ul)};
    while (nanosleep(&wanted, &wanted) && errno == EINTR)
        ;
}
