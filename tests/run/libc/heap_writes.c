// revisions: strcpy stpcpy strcat strncat strncpy memcpy memmove memset sprintf snprintf sscanf wcscpy
// options[strcpy]: -DSTRCPY
// options[stpcpy]: -DSTPCPY
// options[strcat]: -DSTRCAT
// options[strncat]: -DSTRNCAT
// options[strncpy]: -DSTRNCPY
// options[memcpy]: -DMEMCPY
// options[memmove]: -DMEMMOVE
// options[memset]: -DMEMSET
// options[sprintf]: -DSPRINTF
// options[snprintf]: -DSNPRINTF
// options[sscanf]: -DSSCANF
// options[wcscpy]: -DWCSCPY
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
    char *p = malloc(8);
    memset(p, 0, 8);
#if defined STRCPY
    strcpy(p, "12345678"); //~[strcpy] ERROR FH0101
#elif defined STPCPY
    stpcpy(p + 4, "1234"); //~[stpcpy] ERROR FH0101
#elif defined STRCAT
    strcpy(p, "1234");
    strcat(p, "5678"); //~[strcat] ERROR FH0101
#elif defined STRNCAT
    strcpy(p, "1234");
    strncat(p, "567890", 4); //~[strncat] ERROR FH0101
#elif defined STRNCPY
    strncpy(p, "1", 9); //~[strncpy] ERROR FH0101
#elif defined MEMCPY
    memcpy(p, "123456789", 9); //~[memcpy] ERROR FH0101
#elif defined MEMMOVE
    memmove(p + 1, p, 8); //~[memmove] ERROR FH0101
#elif defined MEMSET
    memset(p, 0, 9); //~[memset] ERROR FH0101
#elif defined SPRINTF
    sprintf(p, "%d-%d", 1234, 567); //~[sprintf] ERROR FH0101
#elif defined SNPRINTF
    snprintf(p, 20, "%s", "12345678"); //~[snprintf] ERROR FH0101
#elif defined SSCANF
    sscanf("123456789 x", "%s", p); //~[sscanf] ERROR FH0101
#elif defined WCSCPY
    wcscpy((wchar_t *)p, L"ab"); //~[wcscpy] ERROR FH0101
#endif
    free(p);
    return 0;
}
