/* A formatting function that forwards its arguments. */
#include <stdarg.h>
#include <stdio.h>
static int format(char *out, size_t size, const char *how, ...)
{
    va_list args;
    va_start(args, how);
    int n = vsnprintf(out, size, how, args); //~ BUG FH0102|FH0104
    va_end(args);
    return n;
}
int main(void)
{
    char line[32];
    size_t size = sizeof line;
#ifdef BUG
    size = 64;
    format(line, size, "%s-%d-%s", "a rather long piece of text", 12345678, "more of it");
#else
    format(line, size, "%s-%d-%.1f", "text", 42, 1.5);
#endif
    puts(line);
    return 0;
}
