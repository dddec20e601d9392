// revisions: memcpy memset strncpy fwrite wmemcpy
// options[memcpy]: -DMEMCPY
// options[memset]: -DMEMSET
// options[strncpy]: -DSTRNCPY
// options[fwrite]: -DFWRITE
// options[wmemcpy]: -DWMEMCPY
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
    char to[8] = "", from[8] = "from";
    volatile long n = -1;
#if defined MEMCPY
    memcpy(to, from, (size_t)n); //~[memcpy] ERROR FH0602
#elif defined MEMSET
    memset(to, 0, (size_t)n); //~[memset] ERROR FH0602
#elif defined STRNCPY
    strncpy(to, from, (size_t)n); //~[strncpy] ERROR FH0602
#elif defined FWRITE
    fwrite(to, (size_t)n, 2, stdout); //~[fwrite] ERROR FH0602
#elif defined WMEMCPY
    wmemcpy((wchar_t *)to, (wchar_t *)from, (size_t)1 << 62); //~[wmemcpy] ERROR FH0602
#endif
    return 0;
}
