/* A pointer to a packed member is misaligned on purpose; one into plain bytes is a fault. */
#include <stdio.h>
#include <string.h>

#pragma pack(push, 1)
struct wire { char kind; int length; };
#pragma pack(pop)

static struct wire global = {1, 7};

static int *length_of(struct wire *w) { return (int *)((char *)w + 1); }

int main(void)
{
    struct wire local = {2, 5};
    int *in_global = length_of(&global), *in_local = length_of(&local);
    *in_local += *in_global;
    _Alignas(8) char bytes[8];
    memset(bytes, 0, sizeof bytes);
    int *odd = (int *)(bytes + 1);
    printf("%d\n", *in_local);
    printf("%d\n", *odd); //~ ERROR FH0503
    return 0;
}
