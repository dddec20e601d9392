// revisions: strlen printf fwrite write memcmp moved
// options[strlen]: -DSTRLEN
// options[printf]: -DPRINTF
// options[fwrite]: -DFWRITE
// options[write]: -DWRITE
// options[memcmp]: -DMEMCMP
// options[moved]: -DMOVED
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <unistd.h>

int main(void)
{
    char *p = malloc(8);
#if defined STRLEN
    return strlen(p) > 100; //~[strlen] ERROR FH0401
#elif defined PRINTF
    p[0] = 0;
    printf("%s\n", p);
    p[0] = 1;
    printf("%s\n", p); //~[printf] ERROR FH0401
#elif defined FWRITE
    fwrite(p, 1, 8, stderr); //~[fwrite] ERROR FH0401
#elif defined WRITE
    p[0] = 0;
    if (write(2, p, 2) < 0) //~[write] ERROR FH0401
        return 1;
#elif defined MEMCMP
    return memcmp(p, "12345678", 8) == 5; //~[memcmp] ERROR FH0401
#elif defined MOVED
    char *q = malloc(8);
    memcpy(q, p, 8);
    int r = q[3] == 1; //~[moved] ERROR FH0401
    free(q);
    return r;
#endif
    free(p);
    return 0;
}
