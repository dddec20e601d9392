#ifndef _FH_FEATURES_H
#define _FH_FEATURES_H

#define __GLIBC__ 2
#define __GLIBC_MINOR__ 36
#define __USE_XOPEN2K8 1

#endif
