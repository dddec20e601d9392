// What native code returns is used unchecked: no report but the note that it ran.
#include <stdio.h>

const char *gnu_get_libc_version(void);

int main(void)
{
    const char *version = gnu_get_libc_version(); //~ NOTE FH2005
    int dots = 0;
    for (const char *p = version; *p; p++)
        dots += *p == '.';
    printf("%d %d\n", version[0] == '2', dots);
    return 0;
}
