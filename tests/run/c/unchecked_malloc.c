// options: --fail-alloc each
#include <stdlib.h>

int main(void)
{
    int *p = malloc(sizeof *p);
    *p = 42; //~ ERROR FH0501
    free(p);
    return 0;
}
