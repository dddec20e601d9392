#ifndef _FH_FENV_H
#define _FH_FENV_H

typedef struct {
    unsigned short __control, __r1, __status, __r2, __tags, __r3;
    unsigned int __eip;
    unsigned short __cs;
    unsigned int __opcode : 11, __r4 : 5;
    unsigned int __offset;
    unsigned short __selector, __r5;
    unsigned int __mxcsr;
} fenv_t;
typedef unsigned short fexcept_t;
#define FE_INVALID 1
#define FE_DIVBYZERO 4
#define FE_OVERFLOW 8
#define FE_UNDERFLOW 16
#define FE_INEXACT 32
#define FE_ALL_EXCEPT 61
#define FE_TONEAREST 0
#define FE_DOWNWARD 0x400
#define FE_UPWARD 0x800
#define FE_TOWARDZERO 0xc00
#define FE_DFL_ENV ((const fenv_t *)-1)
extern int feclearexcept(int __e);
extern int feraiseexcept(int __e);
extern int fetestexcept(int __e);
extern int fegetround(void);
extern int fesetround(int __r);
extern int feenableexcept(int __e);
extern int fedisableexcept(int __e);
extern int fegetexcept(void);
extern int fesetexcept(int __e);
extern int fegetenv(fenv_t *__env);
extern int feholdexcept(fenv_t *__env);
extern int fesetenv(const fenv_t *__env);
extern int feupdateenv(const fenv_t *__env);
extern int fegetexceptflag(fexcept_t *__flag, int __e);
extern int fesetexceptflag(const fexcept_t *__flag, int __e);
#define FE_NOMASK_ENV ((const fenv_t *)-2)

#endif
