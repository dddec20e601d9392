#ifndef _FH_SYS_DIR_H
#define _FH_SYS_DIR_H

#include <dirent.h>

#endif
