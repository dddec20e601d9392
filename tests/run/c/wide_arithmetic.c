// Arithmetic that the machine has no instructions for: of 128 bits, and of 128-bit floating point.
#include <stdio.h>

static void show(unsigned __int128 n)
{
    printf("%016lx%016lx\n", (unsigned long)(n >> 64), (unsigned long)n);
}

int main(int count, char **arguments)
{
    unsigned __int128 wide = (unsigned __int128)count << 100 | 12345;
    __int128 below = -(__int128)wide;
    show(wide / (count + 6u));
    show(wide % (count + 1000002u));
    show(below / (count + 2));
    show(below % ((__int128)count << 70 | 1));
    double rounded = (double)wide;
    float small = (float)below;
    show((unsigned __int128)(rounded * 3));
    show((__int128)small);
    _Float128 third = (_Float128)count / 3;
    printf("%.17g %d\n", (double)(third * third), third < (_Float128)0.3);
    show((unsigned __int128)(third * wide));
    return arguments[count] != 0;
}
