// A stream of bytes takes no wide text, but what was to be printed is looked at all the same.
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

int main(void)
{
    wchar_t *text = malloc(4 * sizeof *text);
    wmemset(text, L'x', 3);
    text[3] = 0;
    printf("bytes\n");
    wprintf(L"%ls\n", text);
    free(text);
    wprintf(L"%ls\n", text); //~ ERROR FH0201
    return 0;
}
