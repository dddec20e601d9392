#include <stdlib.h>

int main(void)
{
    int *p = malloc(sizeof *p);
    free(p);
    free(p); //~ ERROR FH0202
    return 0;
}
