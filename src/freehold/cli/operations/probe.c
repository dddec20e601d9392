#include <stdio.h>
#include <stdlib.h>

/* The names of its resources go into freehold.toml, as [[resource]] pairs. */
static int device_enable(int *device)
{
    *device = 1;
    puts("device enabled");
    return 0;
}

static void device_disable(int *device)
{
    *device = 0;
    puts("device disabled");
}

static char *dma_alloc(size_t size)
{
    puts("buffer allocated");
    return malloc(size);
}

static void dma_free(char *buffer)
{
    puts("buffer freed");
    free(buffer);
}

static int irq_request(int number)
{
    return number == 7 ? -1 : number; /* 7 is taken */
}

static int probe(int *device)
{
    if (device_enable(device) != 0)
        return -1;
    char *buffer = dma_alloc(64);
    if (buffer == NULL)
        goto disable; // <-
    if (irq_request(7) < 0)
        goto release; // <-
    return 0;

release: // <-
    dma_free(buffer);
disable: // <-
    device_disable(device);
    return -1;
}

int main(void)
{
    int device = 0;
    printf("%d\n", probe(&device));
    return 0;
}
