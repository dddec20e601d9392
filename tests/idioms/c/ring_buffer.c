/* A ring of bytes with wrapping indices. */
#include <stdio.h>
#include <stdlib.h>
struct ring { unsigned char *data; unsigned head, tail, size; };
static void put(struct ring *r, unsigned char c)
{
    r->data[r->head] = c; //~ BUG FH0101
#ifdef BUG
    r->head++;
#else
    r->head = (r->head + 1) % r->size;
#endif
}
int main(void)
{
    struct ring r = {malloc(8), 0, 0, 8};
    if (!r.data) return 1;
    for (int i = 0; i < 20; i++)
        put(&r, (unsigned char)i);
    printf("%d\n", r.data[0] >= 0);
    free(r.data);
    return 0;
}
