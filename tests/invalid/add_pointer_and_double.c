int *f(int *a, double d)
{
    return a + d; //~ ERROR FH1204
}
