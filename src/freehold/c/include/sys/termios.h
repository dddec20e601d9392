#ifndef _FH_SYS_TERMIOS_H
#define _FH_SYS_TERMIOS_H

#include <termios.h>

#endif
