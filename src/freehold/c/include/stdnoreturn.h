#ifndef _FH_STDNORETURN_H
#define _FH_STDNORETURN_H

#define noreturn _Noreturn

#endif
