// A write to a literal or a constant is reported, and the program goes on.
#include <stdio.h>

static const int limit = 10;
static const char *const names[] = {"a", "b"};

static void capital(char *text)
{
    text[0] = 'B'; //~ ERROR FH0506
}

int main(void)
{
    char own[] = "own";
    capital(own);
    capital("bob");
    *(int *)&limit = 11;          //~ ERROR FH0506
    *(const char **)names = "c";  //~ ERROR FH0506
    puts(own);
    return 0;
}
