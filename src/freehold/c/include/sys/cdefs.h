#ifndef _FH_SYS_CDEFS_H
#define _FH_SYS_CDEFS_H

#define __BEGIN_DECLS
#define __END_DECLS
#define __THROW
#define __P(args) args
#define __CONCAT(x, y) x##y
#define __STRING(x) #x
#define __attribute_malloc__
#define __attribute_pure__
#define __nonnull(params)
#define __wur

#endif
