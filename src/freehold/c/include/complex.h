#ifndef _FH_COMPLEX_H
#define _FH_COMPLEX_H

#define complex _Complex
#define _Complex_I (1.0iF)
#define I _Complex_I
extern double complex cacos(double complex __z);
extern float complex cacosf(float complex __z);
extern long double complex cacosl(long double complex __z);
extern double complex casin(double complex __z);
extern float complex casinf(float complex __z);
extern long double complex casinl(long double complex __z);
extern double complex catan(double complex __z);
extern float complex catanf(float complex __z);
extern long double complex catanl(long double complex __z);
extern double complex ccos(double complex __z);
extern float complex ccosf(float complex __z);
extern long double complex ccosl(long double complex __z);
extern double complex csin(double complex __z);
extern float complex csinf(float complex __z);
extern long double complex csinl(long double complex __z);
extern double complex ctan(double complex __z);
extern float complex ctanf(float complex __z);
extern long double complex ctanl(long double complex __z);
extern double complex cacosh(double complex __z);
extern float complex cacoshf(float complex __z);
extern long double complex cacoshl(long double complex __z);
extern double complex casinh(double complex __z);
extern float complex casinhf(float complex __z);
extern long double complex casinhl(long double complex __z);
extern double complex catanh(double complex __z);
extern float complex catanhf(float complex __z);
extern long double complex catanhl(long double complex __z);
extern double complex ccosh(double complex __z);
extern float complex ccoshf(float complex __z);
extern long double complex ccoshl(long double complex __z);
extern double complex csinh(double complex __z);
extern float complex csinhf(float complex __z);
extern long double complex csinhl(long double complex __z);
extern double complex ctanh(double complex __z);
extern float complex ctanhf(float complex __z);
extern long double complex ctanhl(long double complex __z);
extern double complex cexp(double complex __z);
extern float complex cexpf(float complex __z);
extern long double complex cexpl(long double complex __z);
extern double complex clog(double complex __z);
extern float complex clogf(float complex __z);
extern long double complex clogl(long double complex __z);
extern double complex csqrt(double complex __z);
extern float complex csqrtf(float complex __z);
extern long double complex csqrtl(long double complex __z);
extern double complex cproj(double complex __z);
extern float complex cprojf(float complex __z);
extern long double complex cprojl(long double complex __z);
extern double complex conj(double complex __z);
extern float complex conjf(float complex __z);
extern long double complex conjl(long double complex __z);
extern double cabs(double complex __z);
extern float cabsf(float complex __z);
extern long double cabsl(long double complex __z);
extern double carg(double complex __z);
extern float cargf(float complex __z);
extern long double cargl(long double complex __z);
extern double creal(double complex __z);
extern float crealf(float complex __z);
extern long double creall(long double complex __z);
extern double cimag(double complex __z);
extern float cimagf(float complex __z);
extern long double cimagl(long double complex __z);
extern double complex cpow(double complex __x, double complex __y);
extern float complex cpowf(float complex __x, float complex __y);
extern long double complex cpowl(long double complex __x, long double complex __y);
#define CMPLX(x, y) __builtin_complex((double)(x), (double)(y))
#define CMPLXF(x, y) __builtin_complex((float)(x), (float)(y))
#define CMPLXL(x, y) __builtin_complex((long double)(x), (long double)(y))

#endif
