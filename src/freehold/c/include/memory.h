#ifndef _FH_MEMORY_H
#define _FH_MEMORY_H

#include <string.h>

#endif
