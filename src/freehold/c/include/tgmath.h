#ifndef _FH_TGMATH_H
#define _FH_TGMATH_H

#include <math.h>
#include <complex.h>

#endif
