// Allocation and release through function pointers that are written somewhere in the program.
#include <stdlib.h>
#include <string.h>

struct hooks {
    void *(*get)(size_t size);
    void (*put)(void *block);
};

static struct hooks hooks = {malloc, free};

void use_system_hooks(void)
{
    hooks.get = malloc;
    hooks.put = free;
}

char *copy(const char *text)
{
    char *made = hooks.get(strlen(text) + 1);
    if (made == NULL)
        return NULL;
    strcpy(made, text);
    return made;
}

void twice(const char *text)
{
    char *made = copy(text);
    hooks.put(made);
    hooks.put(made); //~ WARN FH0202
}

static void through(const struct hooks *by)
{
    char *made = by->get(4); //~ ERROR FH0801
    if (made != NULL)
        made[0] = 0;
}

void lost(void)
{
    through(&hooks);
}

static int first(const int *numbers)
{
    return numbers[0];
}

static int second(const int *numbers)
{
    return numbers[1];
}

int either(int which)
{
    int (*pick)(const int *) = which ? first : second;
    int numbers[2];
    numbers[0] = 1;
    numbers[1] = 2;
    return pick(numbers);
}
