// revisions: strlen strcmp strchr strdup strcpy memcmp memcpy printf puts fopen atoi strtol fwrite
// options[strlen]: -DSTRLEN
// options[strcmp]: -DSTRCMP
// options[strchr]: -DSTRCHR
// options[strdup]: -DSTRDUP
// options[strcpy]: -DSTRCPY
// options[memcmp]: -DMEMCMP
// options[memcpy]: -DMEMCPY
// options[printf]: -DPRINTF
// options[puts]: -DPUTS
// options[fopen]: -DFOPEN
// options[atoi]: -DATOI
// options[strtol]: -DSTRTOL
// options[fwrite]: -DFWRITE
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <time.h>

int main(void)
{
    char *p = malloc(8);
    memset(p, 'a', 8);
#if defined STRLEN
    return strlen(p) > 100; //~[strlen] ERROR FH0106
#elif defined STRCMP
    return strcmp(p, "aaaaaaaab") == 0; //~[strcmp] ERROR FH0106
#elif defined STRCHR
    return strchr(p, 'x') != NULL; //~[strchr] ERROR FH0106
#elif defined STRDUP
    free(strdup(p)); //~[strdup] ERROR FH0106
#elif defined STRCPY
    char to[100];
    strcpy(to, p); //~[strcpy] ERROR FH0106
#elif defined MEMCMP
    return memcmp(p, "aaaaaaaaa", 9) > 100; //~[memcmp] ERROR FH0106
#elif defined MEMCPY
    char to[100];
    memcpy(to, p, 9); //~[memcpy] ERROR FH0106
#elif defined PRINTF
    printf("%.8s\n", p);
    printf("%s\n", p); //~[printf] ERROR FH0106
#elif defined PUTS
    puts(p); //~[puts] ERROR FH0106
#elif defined FOPEN
    FILE *f = fopen(p, "r"); //~[fopen] ERROR FH0106
    if (f)
        fclose(f);
#elif defined ATOI
    memset(p, '1', 8);
    return atoi(p) == 1; //~[atoi] ERROR FH0106
#elif defined STRTOL
    memset(p, '1', 8);
    return strtol(p + 7, NULL, 10) == 2; //~[strtol] ERROR FH0106
#elif defined FWRITE
    fwrite(p, 1, 9, stdout); //~[fwrite] ERROR FH0106
#endif
    free(p);
    return 0;
}
