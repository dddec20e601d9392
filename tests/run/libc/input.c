// revisions: fgets gets fread read scanf scanf_width
// options[fgets]: -DFGETS
// options[gets]: -DGETS
// options[fread]: -DFREAD
// options[read]: -DREAD
// options[scanf]: -DSCANF
// options[scanf_width]: -DSCANF_WIDTH
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <unistd.h>

int main(void)
{
    char line[8];
#if defined FGETS
    if (fgets(line, 16, stdin)) //~[fgets] ERROR FH0102
        puts(line);
#elif defined GETS
    extern char *gets(char *);
    if (gets(line)) //~[gets] ERROR FH0102
        puts(line);
#elif defined FREAD
    if (fread(line, 1, 12, stdin)) //~[fread] ERROR FH0102
        putchar(line[0]);
#elif defined READ
    if (read(0, line, 12) > 0) //~[read] ERROR FH0102
        putchar(line[0]);
#elif defined SCANF
    if (scanf("%s", line) == 1) //~[scanf] ERROR FH0102
        puts(line);
#elif defined SCANF_WIDTH
    if (scanf("%8s", line) == 1) //~[scanf_width] ERROR FH0102
        puts(line);
#endif
    return 0;
}
