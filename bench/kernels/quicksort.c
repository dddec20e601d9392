/* Sort random numbers with a hand-written quicksort. */
#include <stdio.h>
#include <stdlib.h>

static void sort(int *first, int *last)
{
    while (last - first > 12) {
        int pivot = first[(last - first) / 2];
        int *i = first, *j = last - 1;
        while (i <= j) {
            while (*i < pivot)
                i++;
            while (*j > pivot)
                j--;
            if (i <= j) {
                int t = *i;
                *i++ = *j;
                *j-- = t;
            }
        }
        if (j + 1 - first < last - i) {
            sort(first, j + 1);
            first = i;
        } else {
            sort(i, last);
            last = j + 1;
        }
    }
    for (int *i = first + 1; i < last; i++) {
        int value = *i;
        int *j = i;
        for (; j > first && j[-1] > value; j--)
            *j = j[-1];
        *j = value;
    }
}

int main(void)
{
    enum { COUNT = 1000000 };
    int *numbers = malloc(COUNT * sizeof *numbers);
    unsigned state = 12345;
    long sum = 0;
    if (!numbers)
        return 1;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < COUNT; i++) {
            state = state * 1664525u + 1013904223u;
            numbers[i] = (int)(state >> 4);
        }
        sort(numbers, numbers + COUNT);
        for (int i = 1; i < COUNT; i++)
            if (numbers[i - 1] > numbers[i])
                return 2;
        for (int i = 0; i < COUNT; i += 1000)
            sum += numbers[i];
    }
    printf("%ld\n", sum);
    free(numbers);
    return 0;
}
