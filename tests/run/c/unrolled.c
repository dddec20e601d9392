// A loop whose rounds the compiler writes out is one place in the source: one finding, one leak.
// says: 35 bytes in 7 blocks are definitely lost
// says: memory safety: violated (1 fault)
#include <stdlib.h>
#include <string.h>

static char *label(const char *name)
{
    char *text = malloc(strlen(name)); //~ ERROR FH0801
    strcpy(text, name); //~ ERROR FH0101
    return text;
}

int main(void)
{
    for (int day = 0; day < 7; day++)
        label("sunny");
    return 0;
}
