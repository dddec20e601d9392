#include <stdlib.h>
int main(void)
{
    int *seat = malloc(sizeof(int));
    *seat = 7;
    free(seat);
    free(seat);
    return *seat != 7;
}
