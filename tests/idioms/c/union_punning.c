/* A float's bits through a union. */
#include <stdint.h>
#include <stdio.h>
union bits { float f; uint32_t u; unsigned char bytes[8]; };
int main(void)
{
    union bits b;
    b.f = 1.0f;
    printf("%08x\n", b.u);
#ifdef BUG
    printf("%d\n", b.bytes[5] > 1); //~ BUG FH0401
#else
    printf("%d\n", b.bytes[3] > 1);
#endif
    return 0;
}
