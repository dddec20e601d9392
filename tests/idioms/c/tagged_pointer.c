/* The low bits of an aligned pointer carry a tag. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    long *value = malloc(sizeof *value);
    if (!value) return 1;
    *value = 99;
    uintptr_t tagged = (uintptr_t)value | 1;
    long *plain = (long *)(tagged & ~(uintptr_t)1);
#ifdef BUG
    free(value);
#endif
    printf("%ld %d\n", *plain, (int)(tagged & 1)); //~ BUG FH0201|FH0502
#ifndef BUG
    free(plain);
#endif
    return 0;
}
