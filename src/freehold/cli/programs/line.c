/* Reads a line and greets: on the stack, with a buffer that is too small by one, and a stale pointer. */
#include <stdio.h>
#include <string.h>

static char *trimmed(const char *text)
{
    char copy[32];
    strncpy(copy, text, sizeof copy - 1);
    copy[sizeof copy - 1] = '\0';
    copy[strcspn(copy, "\n")] = '\0';
    char *result = copy;
    return result;
}

int main(void)
{
    char name[4];
    strcpy(name, "Anna");
    printf("hello, %s\n", trimmed("Bert\n"));
    return 0;
}
