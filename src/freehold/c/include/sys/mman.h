#ifndef _FH_SYS_MMAN_H
#define _FH_SYS_MMAN_H

#include <bits/types.h>

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define PROT_EXEC 4
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20
#define MAP_ANON MAP_ANONYMOUS
#define MAP_GROWSDOWN 0x100
#define MAP_LOCKED 0x2000
#define MAP_NORESERVE 0x4000
#define MAP_POPULATE 0x8000
#define MAP_STACK 0x20000
#define MAP_HUGETLB 0x40000
#define MAP_FIXED_NOREPLACE 0x100000
#define MAP_FAILED ((void *)-1)
#define MS_ASYNC 1
#define MS_INVALIDATE 2
#define MS_SYNC 4
#define MADV_NORMAL 0
#define MADV_RANDOM 1
#define MADV_SEQUENTIAL 2
#define MADV_WILLNEED 3
#define MADV_DONTNEED 4
#define MREMAP_MAYMOVE 1
#define MCL_CURRENT 1
#define MCL_FUTURE 2
extern void *mmap(void *__hint, size_t __n, int __protection, int __flags, int __fd, off_t __offset);
extern int munmap(void *__p, size_t __n);
extern int mprotect(void *__p, size_t __n, int __protection);
extern int msync(void *__p, size_t __n, int __flags);
extern int madvise(void *__p, size_t __n, int __advice);
extern int posix_madvise(void *__p, size_t __n, int __advice);
extern int mlock(const void *__p, size_t __n);
extern int munlock(const void *__p, size_t __n);
extern int mlockall(int __flags);
extern int munlockall(void);
extern void *mremap(void *__p, size_t __n, size_t __size, int __flags, ...);
extern int shm_open(const char *__name, int __flags, mode_t __mode);
extern int shm_unlink(const char *__name);
extern int memfd_create(const char *__name, unsigned int __flags);

#endif
