#define LATE
#include "program.h"

extern int printf(const char *format, ...);
extern unsigned sleep(unsigned seconds);
extern int raise(int signal);
extern int strcmp(const char *a, const char *b);
extern int waitpid(int pid, int *status, int options);
extern int fflush(void *stream);
extern long write(int fd, const void *from, unsigned long n);

static struct fh_ptr held;
static u64 pool_big;

static NOINLINE int deep(volatile int n)
{
    volatile int local[16];
    local[n & 15] = n;
    return deep(n + 1) + local[n & 15];
}

static NOINLINE int even(int n);
static NOINLINE int odd(int n)
{
    return even(n + 1) + 1;
}
static NOINLINE int even(int n)
{
    u64 frame = fh_side_top, size = 4096;
    if (frame + size > fh_side_limit)
        fh_side_overflow(size, 30);
    fh_side_top += size;
    u64 h = fh_stack_enter((void *)frame, size - 16, &pool_big, HERE); /* char big[4080]; */
    int value = odd(n + 1) + 1;
    fh_stack_exit(h, &pool_big);
    fh_side_top = frame;
    return value;
}

static void say_last(void)
{
    printf("last\n");
}

static void exit_again(void)
{
    printf("again\n");
    fh_exit(9);
}

static i32 run(const char *what)
{
    held = fh_malloc(100);
    if (!strcmp(what, "abort"))
        fh_ending_text("assertion `n > 0` failed"), fh_abort();
    if (!strcmp(what, "raise"))
        raise(15);
    if (!strcmp(what, "wild"))
        *(volatile int *)0xdeadbeef000 = 1;
    if (!strcmp(what, "deep"))
        return deep(0);
    if (!strcmp(what, "side"))
        return even(0);
    if (!strcmp(what, "divide"))
        fh_fault_arithmetic(FH_DIVIDE_BY_ZERO, 10, 0, HERE);
    if (!strcmp(what, "unreachable"))
        fh_fault_unreachable(HERE);
    if (!strcmp(what, "exit")) {
        fh_at_exit(say_last);
        fh_at_exit(exit_again);
        printf("first\n");
        fh_exit(3);
    }
    if (!strcmp(what, "now"))
        printf("lost"), fh_exit_now(4);
    if (!strcmp(what, "loop"))
        for (;;)
            sleep(1);
    if (!strcmp(what, "flood"))
        for (;;)
            write(1, "0123456789abcdef", 16);
    if (!strcmp(what, "fork")) {
        int pid = fh_fork(), status = 0;
        if (pid == 0) {
            READ(char, held.p, FH_NULL_HANDLE); /* only in the new process */
            fh_exit(0);
        }
        waitpid(pid, &status, 0);
        READ(char, (char *)held.p + 100, held.h); /* in the old one */
        return status;
    }
    if (!strcmp(what, "bomb")) {
        int made = 0;
        for (int i = 0; i < 1000; i++) {
            int pid = fh_fork();
            if (pid == 0)
                for (;;)
                    sleep(1);
            made += pid > 0;
        }
        return made;
    }
    if (!strcmp(what, "eat")) {
        u64 n = 0;
        while (fh_malloc(1000000).p)
            n++;
        return n == 49;
    }
    if (!strcmp(what, "fail")) {
        struct fh_ptr p = fh_malloc(8), q = fh_malloc(8);
        READ(char, q.p, q.h); /* null if the second fails */
        (void)p;
        return q.p == 0;
    }
    return 99;
}

static i32 main_with_arguments(i32 argc, void *argv, u64 argv_h, void *envp, u64 envp_h)
{
    (void)envp, (void)envp_h;
    if (argc != 2 || !fh_ok((char **)argv + 2, argv_h, 8) || fh_uninit_at(argv, 24) != 24)
        return 98;
    return run(((char **)argv)[1]);
}

static i32 start(void) { return 0; }
struct fh_program program __asm__("fh.program") = {
    FH_VERSION, 0, 0, 0, 0, main_with_arguments, 0, 0, 0, 0};
