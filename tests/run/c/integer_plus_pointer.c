// exit: 0
// A pointer that is added to an integer: the integer counts its elements.
#include <stddef.h>

int main(void)
{
    int numbers[4];
    int *first = numbers;
    size_t sum = 2;
    sum += first; //~ WARN FH1303
    return sum == (size_t)(first + 2) ? 0 : 1;
}
