// revisions: use_closed close_twice not_a_stream dead_buffer
// options[use_closed]: -DUSE_CLOSED
// options[close_twice]: -DCLOSE_TWICE
// options[not_a_stream]: -DNOT_A_STREAM
// options[dead_buffer]: -DDEAD_BUFFER
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
#if defined USE_CLOSED
    FILE *f = tmpfile();
    fclose(f);
    fputs("x", f); //~[use_closed] ERROR FH0201
#elif defined CLOSE_TWICE
    FILE *f = tmpfile();
    fclose(f);
    fclose(f); //~[close_twice] ERROR FH0201
#elif defined NOT_A_STREAM
    char *p = malloc(300);
    fputs("x", (FILE *)p); //~[not_a_stream] ERROR FH0605
    free(p);
#elif defined DEAD_BUFFER
    char *p = malloc(BUFSIZ);
    FILE *f = tmpfile();
    setvbuf(f, p, _IOFBF, BUFSIZ);
    free(p);
    fclose(f); //~[dead_buffer] ERROR FH0201
#endif
    return 0;
}
