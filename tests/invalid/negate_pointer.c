int f(int *p)
{
    return -p == 0; //~ ERROR FH1204
}
