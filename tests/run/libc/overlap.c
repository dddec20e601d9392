// revisions: memcpy strcpy strncpy sprintf memmove
// options[memcpy]: -DMEMCPY
// options[strcpy]: -DSTRCPY
// options[strncpy]: -DSTRNCPY
// options[sprintf]: -DSPRINTF
// options[memmove]: -DMEMMOVE
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
    char text[32] = "0123456789";
#if defined MEMCPY
    memcpy(text + 2, text, 5); //~[memcpy] ERROR FH0601
#elif defined STRCPY
    strcpy(text, text + 3); //~[strcpy] ERROR FH0601
#elif defined STRNCPY
    strncpy(text + 1, text, 4); //~[strncpy] ERROR FH0601
#elif defined SPRINTF
    sprintf(text, "%s!", text); //~[sprintf] ERROR FH0601
#elif defined MEMMOVE
    memmove(text + 2, text, 5);
#endif
    puts(text);
    return 0;
}
