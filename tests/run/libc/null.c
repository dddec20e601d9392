// revisions: strlen strcpy puts memset fclose fgets
// options[strlen]: -DSTRLEN
// options[strcpy]: -DSTRCPY
// options[puts]: -DPUTS
// options[memset]: -DMEMSET
// options[fclose]: -DFCLOSE
// options[fgets]: -DFGETS
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
    char *volatile none = NULL;
#if defined STRLEN
    return strlen(none) > 100; //~[strlen] ERROR FH0501
#elif defined STRCPY
    char to[8];
    strcpy(to, none); //~[strcpy] ERROR FH0501
#elif defined PUTS
    puts(none); //~[puts] ERROR FH0501
#elif defined MEMSET
    memset(none, 0, 4); //~[memset] ERROR FH0501
#elif defined FCLOSE
    fclose((FILE *)none); //~[fclose] ERROR FH0501
#elif defined FGETS
    FILE *f = fopen("/no/such/file", "r");
    char line[8];
    fgets(line, 8, f); //~[fgets] ERROR FH0501
#endif
    return 0;
}
