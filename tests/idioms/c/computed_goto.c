/* A threaded interpreter over labels. */
#include <stdio.h>
int main(void)
{
    static const void *const labels[] = {&&push, &&add, &&halt};
    static const unsigned char code[] = {0, 0, 1, 2};
    int stack[2], top = 0;
    const unsigned char *pc = code;
    goto *labels[*pc];
push:
    stack[top] = top + 5;
    top++;
    goto *labels[*++pc];
add:
    top--;
    stack[top - 1] += stack[top];
#ifdef BUG
    stack[top + 1] = 0; //~ BUG FH0102
#endif
    goto *labels[*++pc];
halt:
    printf("%d\n", stack[0]);
    return 0;
}
