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
#define MAP_FILE 0
#define POSIX_MADV_NORMAL 0
#define MFD_CLOEXEC 1u
#define MLOCK_ONFAULT 1u
#define POSIX_MADV_RANDOM 1
#define MFD_ALLOW_SEALING 2u
#define MREMAP_FIXED 2
#define POSIX_MADV_SEQUENTIAL 2
#define MAP_SHARED_VALIDATE 3
#define POSIX_MADV_WILLNEED 3
#define MCL_ONFAULT 4
#define MFD_HUGETLB 4u
#define MREMAP_DONTUNMAP 4
#define POSIX_MADV_DONTNEED 4
#define MADV_FREE 8
#define MADV_REMOVE 9
#define MADV_DONTFORK 10
#define MADV_DOFORK 11
#define MADV_MERGEABLE 12
#define MADV_UNMERGEABLE 13
#define MADV_HUGEPAGE 14
#define MADV_NOHUGEPAGE 15
#define MAP_TYPE 15
#define MADV_DONTDUMP 16
#define MADV_DODUMP 17
#define MADV_WIPEONFORK 18
#define MADV_KEEPONFORK 19
#define MADV_COLD 20
#define MADV_PAGEOUT 21
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#define MADV_DONTNEED_LOCKED 24
#define MAP_HUGE_SHIFT 26
#define MAP_HUGE_MASK 63
#define MAP_32BIT 64
#define MADV_HWPOISON 100
#define MAP_DENYWRITE 0x800
#define MAP_EXECUTABLE 0x1000
#define MAP_NONBLOCK 0x10000
#define MAP_SYNC 0x80000
#define PROT_GROWSDOWN 0x1000000
#define PROT_GROWSUP 0x2000000

#endif
