/* The old flexible array: a last member of length one, allocated longer. */
#include <stdio.h>
#include <stdlib.h>
struct packet { int length; char bytes[1]; };
int main(void)
{
    int n = 10;
    struct packet *p = malloc(sizeof *p + n - 1);
    if (!p) return 1;
    p->length = n;
#ifdef BUG
    n += 4;
#endif
    for (int i = 0; i < n; i++)
        p->bytes[i] = (char)('a' + i); //~ BUG FH0101
    printf("%.*s\n", p->length, p->bytes);
    free(p);
    return 0;
}
