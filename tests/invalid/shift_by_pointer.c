int f(int n, int *p)
{
    return n << p; //~ ERROR FH1204
}
