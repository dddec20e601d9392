/* freehold learn: two-reports
 *
 * Leave the program as it is: read what several tools say of it, and answer below.
 *
 *   freehold learn grade two_reports.c --beside valgrind,asan
 *
 * How many bytes are definitely lost?                         answer 1:
 * In how many blocks?                                         answer 2:
 * Which line writes past the end of a block?                  answer 3:
 * How many bytes does that block have?                        answer 4:
 * In which line is a byte read that nothing has been written to?  answer 5:
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *label(const char *name)
{
    char *text = malloc(strlen(name));
    strcpy(text, name);
    return text;
}

static int parity(const unsigned char *bytes, int count)
{
    int ones = 0;
    for (int i = 0; i < count; i++)
        if (bytes[i] & 1)
            ones++;
    return ones % 2;
}

int main(void)
{
    for (int day = 0; day < 7; day++)
        label("monday");
    unsigned char *bytes = malloc(8);
    memset(bytes, 1, 7);
    printf("parity %d\n", parity(bytes, 8));
    free(bytes);
    return 0;
}
