/* Functions registered for exit run last to first and may release what globals hold. */
#include <stdio.h>
#include <stdlib.h>
static char *buffer;
static void release(void)
{
    free(buffer); //~ BUG FH0202
    puts("released");
}
static void say(void) { puts("leaving"); }
int main(void)
{
    buffer = malloc(100);
    if (!buffer) return 1;
    atexit(release);
    atexit(say);
#ifdef BUG
    free(buffer);
#endif
    return 0;
}
