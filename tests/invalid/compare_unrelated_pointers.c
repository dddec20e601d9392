int f(int *a, char *b)
{
    return a == b; //~ ERROR FH1302
}
