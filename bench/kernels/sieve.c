/* Count primes with a sieve of bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int primes_below(int limit, char *composite)
{
    int found = 0;
    memset(composite, 0, (size_t)limit);
    for (int i = 2; i < limit; i++) {
        if (composite[i])
            continue;
        found++;
        for (long j = (long)i * i; j < limit; j += i)
            composite[j] = 1;
    }
    return found;
}

int main(void)
{
    enum { LIMIT = 4000000 };
    char *composite = malloc(LIMIT);
    if (!composite)
        return 1;
    int found = 0;
    for (int round = 0; round < 30; round++)
        found += primes_below(LIMIT - round, composite);
    printf("%d\n", found);
    free(composite);
    return 0;
}
