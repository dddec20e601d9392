/* Room for five ints, and a sixth is written. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *five = malloc(5 * sizeof *five);
    if (five == NULL)
        return 1;
    for (int i = 0; i <= 5; i++)
        five[i] = i;
    printf("the last is %d\n", five[4]);
    free(five);
    return 0;
}
