#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *text = malloc(128);
    if (text == NULL)
        return 1;
    memset(text, 0, 128);
    strcpy(text, "a portion of the heap");
    printf("%s, %zu bytes of 128\n", text, strlen(text) + 1);
    free(text);
    return 0;
}
