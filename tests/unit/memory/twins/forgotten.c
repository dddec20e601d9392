#include <stdlib.h>
static void forget(int round)
{
    int *note = malloc(1024);
    note[0] = round;
}
int main(void)
{
    for (int round = 0; round < 1000; round++)
        forget(round);
    return 0;
}
