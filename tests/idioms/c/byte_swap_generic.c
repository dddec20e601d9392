/* Swap objects of any type through their bytes, pointers included. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static void swap(void *a, void *b, size_t size)
{
    unsigned char *x = a, *y = b;
    while (size--) {
        unsigned char t = *x;
        *x++ = *y;
        *y++ = t;
    }
}
int main(void)
{
    char *one = strdup("one"), *two = strdup("two");
    if (!one || !two) return 1;
    swap(&one, &two, sizeof one);
    printf("%s %s\n", one, two);
#ifdef BUG
    free(two);
#endif
    printf("%c\n", two[0]); //~ BUG FH0201
    free(one);
#ifndef BUG
    free(two);
#endif
    return 0;
}
