/* The environment is an array of strings that ends with a null pointer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern char **environ;
int main(int argc, char **argv)
{
    int n = 0;
    for (char **e = environ; *e; e++)
        if (strchr(*e, '='))
            n++;
    setenv("FREEHOLD_TEST", "yes", 1);
    printf("%d %s %d\n", n >= 0, getenv("FREEHOLD_TEST"), argc);
#ifdef BUG
    printf("%d\n", argv[argc + 1] != NULL); //~ BUG FH0106|FH0107|FH0108
#endif
    return argv[argc] != NULL;
}
