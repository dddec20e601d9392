#ifndef _FH_SETJMP_H
#define _FH_SETJMP_H

typedef struct { long __state[8]; int __mask_was_saved; unsigned long __mask[16]; } __jmp_buf_tag;
typedef __jmp_buf_tag jmp_buf[1];
typedef __jmp_buf_tag sigjmp_buf[1];
extern int setjmp(jmp_buf __env) __attribute__((__returns_twice__));
extern int _setjmp(jmp_buf __env) __attribute__((__returns_twice__));
extern int sigsetjmp(sigjmp_buf __env, int __save) __attribute__((__returns_twice__));
extern int __sigsetjmp(sigjmp_buf __env, int __save) __attribute__((__returns_twice__));
extern void longjmp(jmp_buf __env, int __value) __attribute__((__noreturn__));
extern void _longjmp(jmp_buf __env, int __value) __attribute__((__noreturn__));
extern void siglongjmp(sigjmp_buf __env, int __value) __attribute__((__noreturn__));

#endif
