/* Thread-local objects: each thread finds its own contents at one address while it runs. */
#include "fh_core.h"

u8 *fh_locals;
u64 fh_locals_room;
void (*fh_thread_roots)(void (*scan)(u64 low, u64 n), void (*raw)(const u64 *words, u64 n));

static int is_local(const struct fh_object *one)
{
    return one->signature == FH_PER_THREAD && one->kind == FH_GLOBAL;
}

/* Of each: its bytes, what is initialised, the handles, how far its descriptor knows it. */
void fh_locals_move(u8 *at, int back)
{
    for (u64 i = 0; i < fh_object_count(); i++) {
        const struct fh_object *one = fh_object(i);
        if (!is_local(one))
            continue;
        struct fh_desc *d = FH_DESC(FH_DESC_BYTES * (FH_FIRST_OBJECT + i));
        u64 n = (one->size + 7) & ~7ul;
        u64 handled = (u64)one->address & 7 ? 0 : one->size / 8;
        u64 *handles = (u64 *)(at + 2 * n), *known = (u64 *)(at + 3 * n);
        if (back) {
            memcpy(one->address, at, one->size);
            memcpy(FH_INIT(one->address), at + n, one->size);
            for (u64 k = 0; k < handled; k++)
                FH_HANDLE((u8 *)one->address + 8 * k) = handles[k];
            d->init = known[0];
            d->bare = known[1];
        } else {
            memcpy(at, one->address, one->size);
            memcpy(at + n, FH_INIT(one->address), one->size);
            for (u64 k = 0; k < handled; k++)
                handles[k] = FH_HANDLE((u8 *)one->address + 8 * k);
            known[0] = d->init;
            known[1] = d->bare;
        }
        at += 3 * n + 16;
    }
}

void fh_locals_start(void)
{
    for (u64 i = 0; i < fh_object_count(); i++) {
        if (is_local(fh_object(i)))
            fh_locals_room += 3 * ((fh_object(i)->size + 7) & ~7ul) + 16;
    }
    if (!fh_locals_room)
        return;
    fh_locals_room = (fh_locals_room + 4095) & ~4095ul;
    fh_locals = mmap(0, fh_locals_room, SYS_PROT_RW, SYS_MAP_PRIVATE | SYS_MAP_ANONYMOUS, -1, 0);
    if (fh_locals == SYS_MAP_FAILED)
        fh_locals_room = 0;
    else
        fh_locals_move(fh_locals, 0);
}
