// revisions: strlen memcpy strcpy printf realloc
// options[strlen]: -DSTRLEN
// options[memcpy]: -DMEMCPY
// options[strcpy]: -DSTRCPY
// options[printf]: -DPRINTF
// options[realloc]: -DREALLOC
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
    char *p = malloc(8);
    strcpy(p, "old");
#if defined STRLEN
    free(p);
    return strlen(p) > 100; //~[strlen] ERROR FH0201
#elif defined MEMCPY
    free(p);
    char to[8];
    memcpy(to, p, 8); //~[memcpy] ERROR FH0201
#elif defined STRCPY
    free(p);
    strcpy(p, "new"); //~[strcpy] ERROR FH0201
#elif defined PRINTF
    free(p);
    printf("[%s]\n", p); //~[printf] ERROR FH0201
#elif defined REALLOC
    free(p);
    p = realloc(p, 10); //~[realloc] ERROR FH0202
    free(p);
#endif
    return 0;
}
