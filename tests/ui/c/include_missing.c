#include "nowhere/to/be/found.h" //~ ERROR FH1003

int main(void)
{
    return 0;
}
