// revisions: isalpha toupper aligned
// options[isalpha]: -DISALPHA
// options[toupper]: -DTOUPPER
// options[aligned]: -DALIGNED
// silent: FH0801 FH0802 FH0803 FH0805
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <ctype.h>

int main(void)
{
    volatile int n = 1000;
#if defined ISALPHA
    return isalpha(n) == 12345; //~[isalpha] ERROR FH0605
#elif defined TOUPPER
    return toupper(-200 - n) == 12345; //~[toupper] ERROR FH0605
#elif defined ALIGNED
    free(aligned_alloc((size_t)n - 997, 8)); //~[aligned] ERROR FH0605
#endif
    return 0;
}
