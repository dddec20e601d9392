// A division by zero ends the program where it is: what the variables in scope point to is not lost.
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    int *a = malloc(4), *b = malloc(8), *c = malloc(12);
    if (!a || !b || !c)
        return 1;
    a[0] = b[0] = c[0] = argc - 1;
    int r = 5 / a[0]; //~ ERROR FH0703
    printf("%d %s\n", r + b[0] + c[0], argv[0]);
    free(a);
    free(b);
    free(c);
}
