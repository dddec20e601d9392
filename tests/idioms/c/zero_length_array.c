/* GNU's zero-length array at the end of a structure. */
#include <stdio.h>
#include <stdlib.h>
struct buffer { unsigned size; unsigned char data[0]; };
int main(void)
{
    struct buffer *b = malloc(sizeof *b + 6);
    if (!b) return 1;
    b->size = 6;
    for (unsigned i = 0; i < b->size; i++)
        b->data[i] = (unsigned char)(i * i);
#ifdef BUG
    b->data[6] = 1; //~ BUG FH0101
#endif
    printf("%d\n", b->data[5]);
    free(b);
    return 0;
}
